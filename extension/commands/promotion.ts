import * as vscode from 'vscode';
import type { Model, ModelVersion, Promotion, Stage } from '../../schemas/wire/registry.ts';
import { RequestError } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { stageWord } from '../views/words.ts';
import { showInfo } from '../vscode/messages.ts';
import type { Offer } from './attempt.ts';
import { tell } from './attempt.ts';
import type { CommandContext } from './context.ts';
import { ask } from './pick.ts';
import { rivalry } from './rivalry.ts';
import { stepsBack, undoneSentence } from './undo.ts';

export interface Plan {
  model: Model;
  version: ModelVersion;
  to: Stage;
}

/** Shows what it will do, asks why, does it, and offers the way back. */
export async function promote(context: CommandContext, plan: Plan): Promise<void> {
  const { model, version, to } = plan;
  const request = { to, reason: t('dry run'), dry_run: true };
  const foreseen = await context.api.promote(model.name, version.version, request);
  await confirm(foreseen, plan);
  const reason = await ask({
    title: titleOf(plan),
    prompt: t('Why? The history keeps it.'),
    placeHolder: t('for example: better on the last season'),
    required: t('Say why in a few words.'),
  });
  await context.api.promote(model.name, version.version, { to, reason });
  void tellDone(context, plan, reason);
}

function titleOf({ model, version, to }: Plan): string {
  return t('Promote {0} → {1}', `${model.name} v${version.version}`, stageWord(to));
}

/** A list to read: what was checked, what will happen. Only its first row goes on. */
async function confirm(foreseen: Promotion, plan: Plan): Promise<void> {
  const title = titleOf(plan);
  const failed = foreseen.checks.filter(({ ok, blocking }) => blocking && !ok);
  const proceed: vscode.QuickPickItem = {
    label: `$(arrow-circle-up) ${t('Promote…')}`,
    description: t('asks for a reason'),
  };
  const rows = [
    ...(failed.length === 0 ? [proceed] : []),
    ...checkRows(foreseen),
    ...rivalRows(plan),
    ...effectRows(foreseen),
  ];
  const placeHolder =
    failed.length === 0
      ? t('This is what will happen')
      : t('It cannot be promoted: {0}', failed.map(({ name }) => name).join(', '));
  let picked: vscode.QuickPickItem | undefined;
  do {
    picked = await vscode.window.showQuickPick(rows, {
      title,
      placeHolder,
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
  } while (picked && picked !== proceed && failed.length === 0);
  if (picked !== proceed) throw new vscode.CancellationError();
}

function checkRows({ checks }: Promotion): vscode.QuickPickItem[] {
  const rows = checks.map(({ name, ok, blocking, detail }) => ({
    label: `$(${ok ? 'pass' : blocking ? 'error' : 'warning'}) ${name}`,
    description: ok ? t('passed') : blocking ? t('failed') : t('advice'),
    detail,
  }));
  return rows.length > 0 ? [separator(t('Checks')), ...rows] : [];
}

/** Beside the version that holds the stage now, where both were evaluated. */
function rivalRows({ model, version, to }: Plan): vscode.QuickPickItem[] {
  const champion = to === 'archived' ? undefined : model.versions.find((one) => one.stage === to && one !== version);
  const rows = champion ? rivalry(champion, version) : [];
  if (!champion || rows.length === 0) return [];
  const heading = t('v{0} beside v{1}, which is in {2} now', version.version, champion.version, stageWord(to));
  return [separator(heading), ...rows];
}

function effectRows({ effects }: Promotion): vscode.QuickPickItem[] {
  const rows = effects.map((effect) => ({ label: `$(arrow-right) ${effect}` }));
  return rows.length > 0 ? [separator(t('What it does')), ...rows] : [];
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

async function tellDone(context: CommandContext, plan: Plan, reason: string): Promise<void> {
  const { model, version, to } = plan;
  const endpoint = await endpointOf(context, plan);
  const name = `${model.name} v${version.version}`;
  const sentence = to === 'archived' ? t('{0} is now archived.', name) : t('{0} is now in {1}.', name, stageWord(to));
  const offers: Offer[] = [[t('Undo'), () => undoPromotion(context, plan, reason)]];
  if (endpoint !== undefined) offers.push([t('Open endpoint'), () => context.panels.showEndpoint(endpoint)]);
  tell(context, sentence, offers);
}

/** The endpoint that serves this stage of the model, if one does. */
async function endpointOf({ api }: CommandContext, { model, to }: Plan): Promise<string | undefined> {
  const { endpoints } = await api.endpoints().catch(() => ({ endpoints: [] }));
  return endpoints.find(({ model_ref }) => model_ref === `${model.name}@${to}`)?.name;
}

/** Puts every version back where it was before, also those that had to make room; unless it was moved on since. */
async function undoPromotion({ api }: CommandContext, plan: Plan, why: string): Promise<void> {
  const { model: before, version, to } = plan;
  const now = await api.model(before.name);
  if (now.versions.find((one) => one.version === version.version)?.stage !== to) {
    throw new RequestError(
      'MODEL_STAGE_UNCHANGED',
      t('{0} was moved on since.', `${before.name} v${version.version}`),
      t('Promote it to the stage that you want.'),
    );
  }
  const reason = t('Undo: {0}', why).slice(0, 2000);
  for (let step = await nextStep(); step; step = await nextStep()) {
    await api.promote(before.name, step.version, { to: step.to, reason });
  }
  void showInfo(undoneSentence(before, now, version));

  async function nextStep() {
    return stepsBack(before, await api.model(before.name), version.version)[0];
  }
}
