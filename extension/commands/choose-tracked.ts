import type { Experiment } from '../../schemas/wire/tracking.ts';
import { t } from '../texts.ts';
import { ago, runCount, topCount } from '../views/words.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne, pickSeveral } from './pick.ts';
import { runChoices } from './runs.ts';
import { subjectOf, subjectsOf } from './subject.ts';

export interface Named {
  id: string;
  name: string;
}

/** The rows that a command was called on, or what a person chooses from the newest. */
export async function chooseRuns(
  context: CommandContext,
  title: string,
  clicked: unknown,
  selected: unknown,
): Promise<Named[]> {
  const rows = subjectsOf(clicked, selected, 'run');
  if (rows.length > 0) return rows.map(({ id, name }) => ({ id, name }));
  const choices = (await runChoices(context)).map(({ value, ...choice }) => ({
    ...choice,
    value: { id: value, name: choice.label },
  }));
  if (choices.length === 0) return pickOne(title, [], { empty: t('There are no runs yet.') });
  const words = { placeHolder: t('Choose one or more runs'), tooFew: t('choose at least one'), least: 1 };
  return pickSeveral(title, choices, words);
}

export async function chooseOneRun(context: CommandContext, title: string, row: unknown): Promise<Named> {
  const subject = subjectOf(row, 'run');
  if (subject) return subject;
  const choices = (await runChoices(context)).map((choice) => ({
    ...choice,
    value: { id: choice.value, name: choice.label },
  }));
  const placeHolder = t('Which run? The newest come first');
  return pickOne(title, choices, { empty: t('There are no runs yet.'), alwaysAsk: true, placeHolder });
}

/** The row that a command was called on, its id, or what a person chooses. */
export async function chooseExperiment(context: CommandContext, title: string, row: unknown): Promise<Named> {
  const id = typeof row === 'string' ? row : subjectOf(row, 'experiment')?.id;
  const { experiments } = await context.api.experiments();
  const known = experiments.find(({ experiment_id }) => experiment_id === id);
  if (known) return { id: known.experiment_id, name: known.name };
  return pickOne(title, experimentChoices(experiments), { empty: t('There are no experiments yet.') });
}

export function experimentChoices(experiments: readonly Experiment[]): Choice<Named>[] {
  return experiments.map(({ experiment_id, name, run_count, top_count, updated_at }) => ({
    label: name,
    description: runCount(topCount({ run_count, top_count })),
    detail: ago(updated_at, Date.now()),
    value: { id: experiment_id, name },
  }));
}
