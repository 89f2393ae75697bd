import * as vscode from 'vscode';
import type { Model, ModelVersion, Stage } from '../../schemas/wire/registry.ts';
import { t } from '../texts.ts';
import { joined } from '../views/node.ts';
import type { StagePlace } from '../views/registry-model.ts';
import { stagesAfter } from '../views/registry-model.ts';
import { headline, versionsOf } from '../views/registry-nodes.ts';
import { ago, stageWord } from '../views/words.ts';
import { showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';
import { pickOne } from './pick.ts';
import type { Plan } from './promotion.ts';
import { promote } from './promotion.ts';
import { subjectOf } from './subject.ts';

export function modelCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.models.promote': async (row) => promote(context, await choosePlan(context, row)),
    'crisol.models.history': (row) => showHistory(context, row),
    'crisol.models.openRun': (row) => openRun(context, row),
    'crisol.models.loadMore': (place) => isPlace(place) && loadMore(context, place),
  };
}

/** What was loaded stands where the row "… more" was: one goes on there. */
async function loadMore({ stores, trees }: CommandContext, place: StagePlace): Promise<void> {
  const first = await stores.versions.more(place);
  if (first !== undefined) await trees.goToVersion(place.model, first);
}

function isPlace(argument: unknown): argument is StagePlace {
  return typeof argument === 'object' && argument !== null && 'stage' in argument && 'model' in argument;
}

async function choosePlan(context: CommandContext, row: unknown): Promise<Plan> {
  const chosen = subjectOf(row, 'version');
  const known = chosen?.model ?? subjectOf(row, 'model')?.name;
  const model = await context.api.model(known ?? (await chooseModel(context, t('Promote model version'))));
  const version = model.versions.find((one) => one.version === chosen?.version) ?? (await chooseVersion(model));
  return { model, version, to: await chooseStage(model, version) };
}

async function chooseModel({ api }: CommandContext, title: string): Promise<string> {
  const { models } = await api.models();
  const choices = models.map((model) => ({
    label: model.name,
    description: versionsOf(model),
    detail: model.description || undefined,
    value: model.name,
  }));
  return pickOne(title, choices, { empty: t('There are no models yet.'), placeHolder: t('Which model?') });
}

function chooseVersion(model: Model): Promise<ModelVersion> {
  const choices = model.versions.map((version) => ({
    label: `v${version.version}`,
    description: joined(stageWord(version.stage), headline(version.metrics)),
    detail: joined(version.description, ago(version.created_at, Date.now()), version.created_by),
    value: version,
  }));
  return pickOne(t('Promote {0}: which version?', model.name), choices, {
    alwaysAsk: true,
    placeHolder: t('Which version? The newest come first'),
  });
}

function chooseStage(model: Model, version: ModelVersion): Promise<Stage> {
  const choices = stagesAfter(version.stage).map((stage) => ({
    label: stageWord(stage),
    description: heldBy(model, stage),
    detail: stageMeaning(stage),
    value: stage,
  }));
  const title = t('Promote {0}: to which stage?', `${model.name} v${version.version}`);
  return pickOne(title, choices, { alwaysAsk: true, placeHolder: t('It is in {0} now', stageWord(version.stage)) });
}

function heldBy({ versions }: Model, stage: Stage): string {
  const held = versions.filter((version) => version.stage === stage).map(({ version }) => `v${version}`);
  return held.length > 0 ? t('now {0}', held.join(', ')) : t('now empty');
}

function stageMeaning(stage: Stage): string {
  const meanings: Record<Stage, string> = {
    development: t('It is worked on.'),
    staging: t('It is tried out before it serves people.'),
    production: t('It serves people. Who is there now makes room.'),
    archived: t('It is over, and kept.'),
  };
  return meanings[stage];
}

async function showHistory(context: CommandContext, row: unknown): Promise<void> {
  const chosen = subjectOf(row, 'version')?.model ?? subjectOf(row, 'model')?.name;
  const name = chosen ?? (await chooseModel(context, t('Show model history')));
  const { changes } = await context.api.modelHistory(name);
  const newestFirst = [...changes].sort((one, other) => other.at - one.at);
  const rows = newestFirst.map(({ version, from, to, reason, by, at }) => ({
    label: `v${version}: ${stageWord(from)} → ${stageWord(to)}`,
    description: joined(by, ago(at, Date.now())),
    detail: reason,
  }));
  const placeHolder = rows.length > 0 ? t('Newest first') : t('No version has changed its stage yet.');
  await vscode.window.showQuickPick(rows, { title: t('History of {0}', name), placeHolder, matchOnDetail: true });
}

async function openRun({ api, panels }: CommandContext, row: unknown): Promise<void> {
  const chosen = subjectOf(row, 'version');
  if (!chosen) return;
  const model = await api.model(chosen.model);
  const runId = model.versions.find((one) => one.version === chosen.version)?.run_id;
  if (runId) panels.showRun(runId);
  else void showInfo(t('This version was registered without a run.'));
}
