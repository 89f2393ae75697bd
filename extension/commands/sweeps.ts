import * as vscode from 'vscode';
import { formatDuration } from '../../schemas/duration.ts';
import { shortMetric } from '../../schemas/metric-text.ts';
import { printKey } from '../../schemas/search/index.ts';
import type { SweepSummary } from '../../schemas/wire/sweeps.ts';
import { t } from '../texts.ts';
import { joined } from '../views/node.ts';
import { sweepStanding } from '../views/sweeps-model.ts';
import { ago, stateWord } from '../views/words.ts';
import { showError, showInfo } from '../vscode/messages.ts';
import type { Offer } from './attempt.ts';
import { tell } from './attempt.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne, withProgress } from './pick.ts';
import { until } from './until.ts';

export function sweepCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.sweeps.run': async (name) => run(context, await chooseConfigured(context, name)),
    'crisol.sweeps.cancel': (name) => cancel(context, name),
    'crisol.sweeps.trials': async (name) => showTrials(context, await chooseRun(context, name)),
  };
}

async function chooseConfigured({ api }: CommandContext, name: unknown): Promise<string> {
  if (typeof name === 'string') return name;
  const { configured } = await api.sweeps();
  const choices = configured.map(({ name: label, step, goal }) => ({
    label,
    description: joined(step, goal),
    value: label,
  }));
  return pickOne(t('Start a sweep'), choices, {
    alwaysAsk: true,
    placeHolder: t('Which sweep?'),
    empty: t('crisol.yaml names no sweeps under `sweeps`.'),
  });
}

/** Goes along with it, with a way to end it, and tells in the end what came of it. */
async function run(context: CommandContext, name: string): Promise<void> {
  await vscode.workspace.saveAll(false);
  const started = await context.api.startSweep({ name });
  const end = () => void context.api.cancelSweep(started.sweep_id);
  const sweep = await withProgress(t('sweep {0}', name), (report) => follow(context, started, report), end);
  tellEnd(context, sweep);
}

function follow(
  context: CommandContext,
  started: SweepSummary,
  report: (message: string) => void,
): Promise<SweepSummary> {
  return until(context, 'sweeps', () => {
    const sweep = context.stores.sweeps.byId(started.sweep_id) ?? started;
    report(progressText(sweep));
    return sweep.ended_at === null ? undefined : sweep;
  });
}

function progressText(sweep: SweepSummary): string {
  if (sweep.waits_for !== undefined) return t('waits for {0}', sweep.waits_for);
  const { done, total } = sweepStanding(sweep);
  const trials = total === null ? t('{0} trials', done) : t('{0} of {1} trials', done, total);
  return joined(trials, bestText(sweep));
}

function bestText({ best, goal }: SweepSummary): string | undefined {
  if (best?.value == null) return undefined;
  return t('best {0}', shortMetric({ key: goal.slice(goal.indexOf(' ') + 1), value: best.value }));
}

function tellEnd(context: CommandContext, sweep: SweepSummary): void {
  const { name, state, started_at, ended_at, best, reason } = sweep;
  const trials: Offer = [t('Show trials'), () => showTrials(context, sweep)];
  const bestRun = best?.run_id;
  const offers = bestRun
    ? [trials, [t('Open best run'), () => context.panels.showRun(bestRun)] satisfies Offer]
    : [trials];
  if (state === 'failed') {
    tell(context, t('The sweep {0} failed: {1}', name, reason), offers, showError);
    return;
  }
  const lasted = formatDuration((ended_at ?? started_at) - started_at);
  tell(
    context,
    joined(t('{0}: {1} after {2}', t('sweep {0}', name), stateWord(state), lasted), bestText(sweep)),
    offers,
  );
}

async function cancel({ api, stores }: CommandContext, name: unknown): Promise<void> {
  const running = stores.sweeps.sweeps.filter(({ state }) => state === 'running');
  const named = running.filter((sweep) => typeof name !== 'string' || sweep.name === name);
  if (named.length === 0) {
    void showInfo(t('No sweep is running.'));
    return;
  }
  const { sweep_id } = await pickOne(t('Cancel a sweep'), named.map(choiceOf), { placeHolder: t('Which sweep?') });
  await api.cancelSweep(sweep_id);
}

async function chooseRun({ stores }: CommandContext, name: unknown): Promise<SweepSummary> {
  const known = stores.sweeps.sweeps.filter(({ run_id }) => run_id !== null);
  const newest = typeof name === 'string' ? known.find((sweep) => sweep.name === name) : undefined;
  if (newest) return newest;
  return pickOne(t('Show trials of a sweep'), known.map(choiceOf), {
    alwaysAsk: true,
    placeHolder: t('Of which sweep? The newest come first'),
    empty: t('No sweep has run yet.'),
  });
}

const choiceOf = (sweep: SweepSummary): Choice<SweepSummary> => ({
  label: sweep.name,
  description: joined(stateWord(sweep.state), progressText(sweep)),
  detail: ago(sweep.started_at, Date.now()),
  value: sweep,
});

/** The runs below that of the sweep, in the table of their experiment. */
async function showTrials({ api, panels }: CommandContext, { run_id }: SweepSummary): Promise<void> {
  if (run_id === null) return;
  const { experiment_id } = await api.run(run_id);
  panels.showTable(experiment_id, `${printKey('tag', 'mlflow.parentRunId')} = '${run_id}'`);
}
