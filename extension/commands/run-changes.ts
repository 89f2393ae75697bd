import * as vscode from 'vscode';
import { t } from '../texts.ts';
import { count } from '../views/words.ts';
import { tell } from './attempt.ts';
import type { Named } from './choose-tracked.ts';
import { chooseOneRun, chooseRuns, experimentChoices } from './choose-tracked.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { ask, pickOne } from './pick.ts';

/** What a person does to runs: each from the row, from several rows, and from the palette. */
export function runChangeCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.runs.rename': (row) => rename(context, row),
    'crisol.runs.move': (clicked, selected) => move(context, clicked, selected),
    'crisol.runs.delete': (clicked, selected) => deleteRuns(context, clicked, selected),
  };
}

/** "brave-otter", or "3 runs". */
export function inWords(runs: readonly Named[]): string {
  const [only] = runs;
  return only && runs.length === 1 ? only.name : t('{0} runs', count(runs.length));
}

async function rename(context: CommandContext, row: unknown): Promise<void> {
  const run = await chooseOneRun(context, t('Rename run'), row);
  const name = await ask({
    title: t('Rename run'),
    value: run.name,
    required: t('A run needs a name of at most 250 characters.'),
    isValid: (text) => text !== '' && text.length <= 250,
  });
  if (name !== run.name) await context.api.renameRun(run.id, { name });
}

async function move(context: CommandContext, clicked: unknown, selected: unknown): Promise<void> {
  const runs = await chooseRuns(context, t('Move runs'), clicked, selected);
  const from = new Set(runs.map(({ id }) => context.stores.tracking.run(id)?.experiment_id));
  const to = await chooseTarget(context, runs, from.size === 1 ? [...from][0] : undefined);
  const before = runs.map(({ id }) => ({ id, experiment: context.stores.tracking.run(id)?.experiment_id }));
  const { moved } = await context.api.moveRuns({ run_ids: idsOf(runs), experiment_id: to.id });
  const sentence =
    moved === 1 ? t('1 run is in {0} now.', to.name) : t('{0} runs are in {1} now.', count(moved), to.name);
  tell(context, sentence, [[t('Undo'), () => moveBack(context, before)]]);
}

interface MovedFrom {
  id: string;
  experiment: string | undefined;
}

/** Each to where it was. */
async function moveBack({ api }: CommandContext, runs: readonly MovedFrom[]): Promise<void> {
  const places = Map.groupBy(runs, ({ experiment }) => experiment);
  for (const [experiment_id, there] of places) {
    if (experiment_id !== undefined) await api.moveRuns({ run_ids: there.map(({ id }) => id), experiment_id });
  }
}

async function chooseTarget(context: CommandContext, runs: readonly Named[], but: string | undefined): Promise<Named> {
  const { experiments } = await context.api.experiments();
  const others = experiments.filter(({ experiment_id }) => experiment_id !== but);
  const choices: Choice<Named | undefined>[] = [
    ...experimentChoices(others),
    { label: `$(add) ${t('New experiment…')}`, value: undefined },
  ];
  const chosen = await pickOne(t('Move {0} to which experiment?', inWords(runs)), choices, { alwaysAsk: true });
  return chosen ?? createExperiment(context);
}

export async function createExperiment({ api }: CommandContext): Promise<Named> {
  const name = await askExperimentName(t('New experiment'), (await api.experiments()).experiments);
  return { id: (await api.createExperiment({ name })).experiment_id, name };
}

/** Names of deleted ones are taken as well: the daemon says so. */
export function askExperimentName(title: string, others: readonly { name: string }[], value?: string): Promise<string> {
  return ask({
    title,
    value,
    prompt: t('Its name'),
    required: t('An experiment needs a name that no other has, of at most 500 characters.'),
    isValid: (text) => text !== '' && text.length <= 500 && !others.some(({ name }) => name === text),
  });
}

async function deleteRuns(context: CommandContext, clicked: unknown, selected: unknown): Promise<void> {
  const runs = await chooseRuns(context, t('Delete runs'), clicked, selected);
  const nested = await confirm(context, runs);
  const gone = await context.api.deleteRuns({ run_ids: idsOf(runs), nested });
  const words = gone.run_ids.length === 1 ? inWords(runs) : t('{0} runs', count(gone.run_ids.length));
  tell(context, t('Deleted: {0}.', words), [[t('Undo'), () => context.api.restoreRuns({ run_ids: gone.run_ids })]]);
}

/** Answers whether what stands below them goes too. */
async function confirm({ stores }: CommandContext, runs: readonly Named[]): Promise<boolean> {
  const known = runs.flatMap(({ id }) => stores.tracking.run(id) ?? []);
  const running = known.filter(({ state }) => state === 'running');
  const isParent = known.some(({ children }) => children !== undefined);
  const detail = [
    running.length > 0
      ? t('Still running: {0}. What its script logs from now on is refused.', inWords(running.map(named)))
      : '',
    runs.length === 1
      ? t('It can be restored until `crisol gc` removes it for good.')
      : t('They can be restored until `crisol gc` removes them for good.'),
  ].join(' ');
  const [withNested, only] = [t('Delete with nested runs'), isParent ? t('Delete only this') : t('Delete')];
  const buttons = isParent ? [withNested, only] : [only];
  const question = t('Delete {0}?', inWords(runs));
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons);
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen === withNested;
}

function named({ run_id, name }: { run_id: string; name: string }): Named {
  return { id: run_id, name };
}

function idsOf(runs: readonly Named[]): string[] {
  return runs.map(({ id }) => id);
}
