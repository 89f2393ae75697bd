import * as vscode from 'vscode';
import type { Firing, TriggerInput, TriggerSummary } from '../../schemas/wire/triggers.ts';
import { quoted, t } from '../texts.ts';
import { joined } from '../views/node.ts';
import { firingWord, triggerState } from '../views/trigger-nodes.ts';
import { ago, exactTime } from '../views/words.ts';
import { showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { ask, pickOne } from './pick.ts';
import { accompany } from './pipeline.ts';
import { subjectOf } from './subject.ts';

export function triggerCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.triggers.run': (row) => run(context, row),
    'crisol.triggers.history': (row) => showHistory(context, row),
    'crisol.triggers.pause': async (row) => {
      const active = ({ state }: TriggerSummary) => state !== 'paused';
      const name = await choose(context, row, { title: t('Pause a trigger'), isMeant: active });
      await context.api.pauseTrigger(name);
    },
    'crisol.triggers.resume': async (row) => {
      const paused = ({ state }: TriggerSummary) => state === 'paused';
      const name = await choose(context, row, { title: t('Resume a trigger'), isMeant: paused });
      await context.api.resumeTrigger(name);
    },
    'crisol.triggers.allow': () => allow(context),
  };
}

interface Choosing {
  title: string;
  isMeant?: (trigger: TriggerSummary) => boolean;
}

async function choose({ api }: CommandContext, row: unknown, { title, isMeant }: Choosing): Promise<string> {
  const subject = subjectOf(row, 'trigger');
  if (subject) return subject.name;
  const { triggers } = await api.triggers();
  const choices = triggers.filter((one) => isMeant?.(one) ?? true).map(choiceOf);
  return pickOne(title, choices, {
    alwaysAsk: true,
    placeHolder: t('Which trigger?'),
    empty: triggers.length === 0 ? t('crisol.yaml names no triggers under `on`.') : t('No trigger is in that state.'),
  });
}

const choiceOf = ({ name, when, state, description }: TriggerSummary): Choice<string> => ({
  label: name,
  description: joined(when, state === 'active' ? undefined : triggerState(state)),
  detail: description === '' ? undefined : quoted(description),
  value: name,
});

/** Asks for what it wants to know, and goes along with the run. */
async function run(context: CommandContext, row: unknown): Promise<void> {
  const { api } = context;
  await vscode.workspace.saveAll(false);
  const name = await choose(context, row, { title: t('Run a trigger') });
  const { trigger } = await api.trigger(name);
  const params = await askAll(name, trigger.inputs ?? []);
  const { firing, run: started } = await api.fireTrigger(name, { params, idempotency_key: crypto.randomUUID() });
  if (started) await accompany(context, started);
  else void showInfo(t('{0} waits: {1}.', name, firing.reason));
}

async function askAll(trigger: string, inputs: readonly TriggerInput[]): Promise<Record<string, unknown>> {
  const params: Record<string, unknown> = {};
  for (const [at, input] of inputs.entries()) {
    const place = inputs.length > 1 ? ` (${at + 1}/${inputs.length})` : '';
    const value = await askFor(input, `${trigger}: ${input.name}${place}`);
    if (value !== undefined) params[input.name] = value;
  }
  return params;
}

/** Undefined: as it is by itself. */
async function askFor(input: TriggerInput, title: string): Promise<unknown> {
  const { type, options, required, description } = input;
  if (type === 'choice') return pickValue(title, input, options);
  if (type === 'boolean') return pickValue(title, input, [true, false]);
  const given = input.default === null || input.default === undefined ? '' : String(input.default);
  const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text));
  const answer = await ask({
    title,
    value: given,
    prompt: joined(description, required ? undefined : t('Empty: the value of crisol.yaml.')),
    required: type === 'number' ? t('Write a number, such as 0.1.') : t('Write a value.'),
    isValid: (text) => (text === '' ? !required : type !== 'number' || isNumber(text)),
  });
  if (answer === '') return undefined;
  return type === 'number' ? Number(answer) : answer;
}

function pickValue(title: string, input: TriggerInput, values: readonly unknown[]): Promise<unknown> {
  const choices: Choice<unknown>[] = values.map((value) => ({
    label: String(value),
    description: value === input.default ? t('unless you choose another') : undefined,
    value,
  }));
  if (!input.required) choices.unshift({ label: t('As in crisol.yaml'), value: undefined });
  return pickOne(title, choices, { alwaysAsk: true, placeHolder: quoted(input.description) || t('Which value?') });
}

/** The newest occasions; choosing one opens its run. */
async function showHistory(context: CommandContext, row: unknown): Promise<void> {
  const title = t('History of a trigger');
  const name = await choose(context, row, { title });
  const { trigger, firings } = await context.api.trigger(name);
  const toFile: Choice<string | null> = {
    label: `$(go-to-file) ${t('Open crisol.yaml')}`,
    description: joined(trigger.when, triggerState(trigger.state)),
    detail: trigger.reason === '' ? undefined : quoted(trigger.reason),
    value: null,
  };
  const runId = await pickOne(`${name}: ${t('what became of its occasions')}`, [...firings.map(occasion), toFile], {
    alwaysAsk: true,
    placeHolder: firings.length === 0 ? t('Nothing has happened yet.') : t('Choose one to open its run'),
  });
  if (runId === null) await openTriggers(context);
  else if (runId !== '') context.panels.showRun(runId);
}

const occasion = (firing: Firing): Choice<string | null> => ({
  label: firingWord(firing),
  description: joined(ago(firing.at, Date.now()), firing.due_at === null ? '' : t('due {0}', exactTime(firing.due_at))),
  detail: firing.reason === '' ? undefined : quoted(firing.reason),
  value: firing.run_id ?? '',
});

async function openTriggers({ openers, folder }: CommandContext): Promise<void> {
  if (folder()) await openers.openPipelineFile((text) => /^on:/m.exec(text)?.index ?? 0);
  else void showInfo(t('Open a folder first.'));
}

async function allow({ api }: CommandContext): Promise<void> {
  const question = t('Let the triggers of this folder begin runs?');
  const yes = t('Let them act');
  const detail = t(
    'Schedules, data and drift begin runs by themselves while a daemon is there. Look at crisol.yaml first.',
  );
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  if (answer === yes) await api.allowTriggers();
}
