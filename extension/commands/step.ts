import { t } from '../texts.ts';
import { showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';
import { pickOne } from './pick.ts';
import { subjectOf } from './subject.ts';

/** What one asks of a single step: from its lens in crisol.yaml, its row, or the palette. */
export function stepCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.pipeline.compareStep': (row) => compareStep(context, row),
  };
}

export interface StepWords {
  title: string;
  placeHolder: string;
}

/** The row or the name it was called on, or one of the list. */
export async function chooseStep({ api }: CommandContext, row: unknown, words: StepWords): Promise<string> {
  if (typeof row === 'string') return row;
  const step = subjectOf(row, 'step');
  if (step) return step.name;
  const { steps } = await api.pipelines();
  const choices = steps.map(({ name, needs }) => ({
    label: name,
    description: needs.length > 0 ? t('after {0}', needs.join(', ')) : undefined,
    value: name,
  }));
  return pickOne(words.title, choices, {
    empty: t('crisol.yaml has no steps.'),
    alwaysAsk: true,
    placeHolder: words.placeHolder,
  });
}

/** The two newest runs in which it took part: what changed between them is what one asks first. */
async function compareStep(context: CommandContext, row: unknown): Promise<void> {
  const words = { title: t('Compare results of a step'), placeHolder: t('Of which step?') };
  const name = await chooseStep(context, row, words);
  const ran = context.stores.pipelines.runsWith(name).filter(({ step }) => step.started_at !== null);
  const newest = ran.slice(0, 2).map(({ run }) => run.run_id);
  if (newest.length < 2) return void showInfo(t('{0} has not run twice yet.', name));
  context.panels.compareRuns(newest);
}
