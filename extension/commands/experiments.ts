import * as vscode from 'vscode';
import { t } from '../texts.ts';
import { joined } from '../views/node.ts';
import { ago, count } from '../views/words.ts';
import { showInfo } from '../vscode/messages.ts';
import { tell } from './attempt.ts';
import { chooseExperiment } from './choose-tracked.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne, pickSeveral } from './pick.ts';
import { askExperimentName, createExperiment } from './run-changes.ts';

const OFFERED = 1000;

type Deleted = { kind: 'experiment' | 'run'; id: string; name: string };

/** What a person does to experiments, and what brings back what was deleted. */
export function experimentCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  const { openers } = context;
  return {
    'crisol.experiments.create': async () => {
      const { id, name } = await createExperiment(context);
      void showInfo(t('The experiment {0} is there. Scripts log to it by its name.', name));
      await context.trees.goToExperiment(id);
    },
    'crisol.experiments.rename': (row) => rename(context, row),
    'crisol.experiments.delete': (row) => deleteExperiment(context, row),
    'crisol.experiments.copyId': async (row) => {
      const { id } = await chooseExperiment(context, t('Copy experiment ID'), row);
      openers.copy(id, t('the experiment ID'));
    },
    'crisol.tracking.restore': () => restore(context),
  };
}

async function rename(context: CommandContext, row: unknown): Promise<void> {
  const { id, name } = await chooseExperiment(context, t('Rename experiment'), row);
  const { experiments } = await context.api.experiments();
  const others = experiments.filter(({ experiment_id }) => experiment_id !== id);
  const next = await askExperimentName(t('Rename experiment'), others, name);
  if (next !== name) await context.api.renameExperiment(id, { name: next });
}

async function deleteExperiment(context: CommandContext, row: unknown): Promise<void> {
  const { id, name } = await chooseExperiment(context, t('Delete experiment'), row);
  const runs = context.stores.tracking.experiment(id)?.run_count ?? 0;
  const what = runs === 1 ? t('Its run goes with it.') : t('Its {0} runs go with it.', count(runs));
  const usual = id === '0' ? t('Scripts that name no experiment log to this one; they are refused then.') : '';
  const detail = [what, usual, t('It can be restored until `crisol gc` removes it for good.')]
    .filter(Boolean)
    .join(' ');
  const remove = t('Delete');
  const question = t('Delete the experiment {0}?', name);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
  await context.api.deleteExperiment(id);
  tell(context, t('Deleted: {0}.', name), [[t('Undo'), () => context.api.restoreExperiment(id)]]);
}

async function restore(context: CommandContext): Promise<void> {
  const choices = await deletedChoices(context);
  const title = t('Restore');
  if (choices.length === 0) {
    await pickOne(title, choices, { empty: t('Nothing is deleted.') });
    return;
  }
  const words = { placeHolder: t('Choose what comes back'), tooFew: t('choose at least one'), least: 1 };
  const chosen = await pickSeveral(title, choices, words);
  for (const { id } of chosen.filter(({ kind }) => kind === 'experiment')) await context.api.restoreExperiment(id);
  const run_ids = chosen.filter(({ kind }) => kind === 'run').map(({ id }) => id);
  if (run_ids.length > 0) await context.api.restoreRuns({ run_ids });
  void showInfo(
    t(
      'Restored: {0}.',
      chosen
        .map(({ name }) => name)
        .slice(0, 5)
        .join(', '),
    ),
  );
}

/** Runs of a deleted experiment come back with it. */
async function deletedChoices({ api }: CommandContext): Promise<Choice<Deleted>[]> {
  const [gone, active, { runs }] = await Promise.all([
    api.experiments({ which: 'deleted' }),
    api.experiments(),
    api.runs({ which: 'deleted', limit: OFFERED }),
  ]);
  const names = new Map(active.experiments.map((one) => [one.experiment_id, one.name]));
  const now = Date.now();
  return [
    ...gone.experiments.map(({ experiment_id: id, name, updated_at }): Choice<Deleted> => {
      const detail = t('experiment, deleted {0}', ago(updated_at, now));
      return { label: name, detail, iconPath: new vscode.ThemeIcon('beaker'), value: { kind: 'experiment', id, name } };
    }),
    ...runs
      .filter(({ experiment_id }) => names.has(experiment_id))
      .map(({ run_id: id, name, experiment_id, started_at }): Choice<Deleted> => {
        const detail = joined(names.get(experiment_id), t('started {0}', ago(started_at, now)));
        return { label: name, detail, value: { kind: 'run', id, name } };
      }),
  ];
}
