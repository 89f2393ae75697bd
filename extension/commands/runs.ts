import * as vscode from 'vscode';
import type { RunSummary } from '../../schemas/wire/tracking.ts';
import { t } from '../texts.ts';
import { joined } from '../views/node.ts';
import type { ListPlace } from '../views/run-list.ts';
import { ago, metricThatMatters, shortMetric, stateWord } from '../views/words.ts';
import { showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne, pickSeveral } from './pick.ts';
import { subjectOf, subjectsOf } from './subject.ts';

const OFFERED_RUNS = 200;
const OFFERED_NESTED = 1000;

export function runCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.runs.open': async (run) => context.panels.showRun(await chooseRun(context, t('Open run'), run)),
    'crisol.runs.compare': (clicked, selected) => compare(context, clicked, selected),
    'crisol.runs.copyId': async (run) =>
      context.openers.copy(await chooseRun(context, t('Copy run ID'), run), t('the run ID')),
    'crisol.notebooks.choose': () => context.notebooks.choose(),
    'crisol.runs.loadMore': (place) => isPlace(place) && loadMore(context, place),
    'crisol.runs.retry': (place) => isPlace(place) && context.stores.runs.retry(place),
  };
}

/** What was loaded stands where the row "… more" was: one goes on there. */
async function loadMore({ stores, trees }: CommandContext, place: ListPlace): Promise<void> {
  const first = await stores.runs.more(place);
  if (first !== undefined) await trees.goToRun(first);
}

function isPlace(argument: unknown): argument is ListPlace {
  return typeof argument === 'object' && argument !== null && 'experiment' in argument;
}

async function chooseRun(context: CommandContext, title: string, argument: unknown): Promise<string> {
  if (typeof argument === 'string') return argument;
  const subject = subjectOf(argument, 'run');
  if (subject) return subject.id;
  const placeHolder = t('Which run? The newest come first');
  return pickOne(title, await runChoices(context), {
    empty: t('There are no runs yet.'),
    alwaysAsk: true,
    placeHolder,
  });
}

async function compare(context: CommandContext, clicked: unknown, selected: unknown): Promise<void> {
  const chosen = subjectsOf(clicked, selected, 'run').map(({ id }) => id);
  const [only] = chosen;
  if (only === undefined || chosen.length > 1 || !hasNested(context, only)) {
    context.panels.compareRuns(chosen.length > 1 ? chosen : await chooseToCompare(context, chosen));
  } else context.panels.compareRuns(await chooseNested(context, only));
}

function hasNested({ stores }: CommandContext, id: string): boolean {
  return (stores.tracking.run(id)?.children ?? 0) > 1;
}

/** Of a search its trials are what one compares: all of them, unless a person takes some out. */
async function chooseNested({ api, stores }: CommandContext, id: string): Promise<string[]> {
  const parent = stores.tracking.run(id);
  const { runs } = await api.runs({ experiment_id: parent?.experiment_id, parent: id, limit: OFFERED_NESTED });
  const choices = runs.map((run) => ({ ...choiceOf(run, ''), picked: true }));
  const words = { placeHolder: t('Choose two or more runs'), tooFew: t('choose at least two') };
  return pickSeveral(t('Compare the runs nested in {0}', parent?.name ?? ''), choices, words);
}

async function chooseToCompare(context: CommandContext, already: string[]): Promise<string[]> {
  const choices = await runChoices(context);
  if (choices.length < 2) {
    void showInfo(t('There are not two runs to compare yet.'));
    throw new vscode.CancellationError();
  }
  const marked = choices.map((choice) => ({ ...choice, picked: already.includes(choice.value) }));
  const words = { placeHolder: t('Choose two or more runs'), tooFew: t('choose at least two') };
  return pickSeveral(t('Compare runs'), marked, words);
}

export async function runChoices({ api }: CommandContext): Promise<Choice<string>[]> {
  const [{ runs }, { experiments }] = await Promise.all([api.runs({ limit: OFFERED_RUNS }), api.experiments()]);
  const names = new Map(experiments.map((one) => [one.experiment_id, one.name]));
  return runs.map((run) => choiceOf(run, names.get(run.experiment_id) ?? ''));
}

function choiceOf(run: RunSummary, experiment: string): Choice<string> {
  const best = metricThatMatters(run.metrics);
  const description = joined(stateWord(run.state), best && shortMetric(best));
  return {
    label: run.name,
    description,
    detail: joined(experiment, ago(run.started_at, Date.now())),
    value: run.run_id,
  };
}
