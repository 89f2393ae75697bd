import { t } from '../texts.ts';
import { ago, runCount, topCount } from '../views/words.ts';
import type { CommandContext } from './context.ts';
import { pickOne } from './pick.ts';
import { subjectOf } from './subject.ts';

export function tableCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.runs.table': async (experiment) => context.panels.showTable(await chooseExperiment(context, experiment)),
  };
}

/** The row it was called on, or one of the list: the one that changed last comes first. */
async function chooseExperiment({ api }: CommandContext, argument: unknown): Promise<string> {
  if (typeof argument === 'string') return argument;
  const subject = subjectOf(argument, 'experiment');
  if (subject) return subject.id;
  const { experiments } = await api.experiments();
  const choices = experiments
    .filter(({ run_count }) => run_count > 0)
    .toSorted((one, other) => other.updated_at - one.updated_at)
    .map(({ experiment_id, name, run_count, top_count, updated_at }) => ({
      label: name,
      description: runCount(topCount({ run_count, top_count })),
      detail: ago(updated_at, Date.now()),
      value: experiment_id,
    }));
  return pickOne(t('Open runs table'), choices, {
    empty: t('There are no runs yet.'),
    placeHolder: t('Runs of which experiment?'),
  });
}
