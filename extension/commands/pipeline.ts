import * as vscode from 'vscode';
import { formatDuration } from '../../schemas/duration.ts';
import type { PipelineRun, StartPipeline } from '../../schemas/wire/pipelines.ts';
import { t } from '../texts.ts';
import { causeWords, failureWords, retryOf } from '../views/failure.ts';
import { joined } from '../views/node.ts';
import { progressOf } from '../views/pipeline-model.ts';
import { stateWord } from '../views/words.ts';
import { showError, showInfo } from '../vscode/messages.ts';
import type { Offer } from './attempt.ts';
import { tell } from './attempt.ts';
import type { CommandContext } from './context.ts';
import { pickOne, withProgress } from './pick.ts';
import { chooseStep } from './step.ts';
import { logUri } from './step-log.ts';
import { subjectOf } from './subject.ts';
import { until } from './until.ts';

export function pipelineCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.pipeline.run': () => runPipeline(context, {}),
    'crisol.pipeline.runStep': async (row) =>
      runPipeline(context, { steps: [await chooseStep(context, row, runWords())] }),
    'crisol.pipeline.runFrom': async (row) =>
      runPipeline(context, { from: [await chooseStep(context, row, runFromWords())] }),
    'crisol.pipeline.cancel': () => cancelPipeline(context),
    'crisol.pipeline.cancelStep': (row) => cancelStep(context, row),
    'crisol.pipeline.graph': () => context.panels.showPipeline(),
    'crisol.pipeline.showLog': (row) => showStepLog(context, row),
  };
}

async function runPipeline(context: CommandContext, request: StartPipeline): Promise<void> {
  await vscode.workspace.saveAll(false);
  await accompany(context, await context.api.startPipeline(request), request);
}

/** Shows how far it is, with a way to end it, and in the end what became of it. */
export async function accompany(
  context: CommandContext,
  started: PipelineRun,
  request: StartPipeline = {},
): Promise<void> {
  if (!context.panels.isPipelineSeen()) context.panels.watchRun(started.run_id);
  await followRun(context, started, request);
}

/** To its end, with progress and a way to cancel it; how it ended is told. */
export async function followRun(context: CommandContext, started: PipelineRun, request: StartPipeline): Promise<void> {
  const { api } = context;
  // here, and in no other window
  api.takeNotice(started.run_id).catch(() => undefined);
  const cancel = () => void api.cancelPipeline(started.run_id);
  const title = t('running {0}', [...(request.steps ?? []), ...(request.from ?? [])].join(', ') || started.pipeline);
  const finished = await withProgress(title, (report) => follow(context, started, report), cancel);
  tellEnd(context, finished, request);
}

/** Resolves when the run is over, as the topic tells it. */
function follow(
  context: CommandContext,
  started: PipelineRun,
  report: (message: string) => void,
): Promise<PipelineRun> {
  return until(context, 'pipelines', () => {
    const run = context.stores.pipelines.runById(started.run_id) ?? started;
    const progress = progressOf(run);
    if (progress) report(joined(`${progress.step} ${progress.place}/${progress.total}`, progress.said));
    return run.state === 'running' || run.state === 'pending' ? undefined : run;
  });
}

function tellEnd(context: CommandContext, run: PipelineRun, request: StartPipeline): void {
  const openRun: Offer = [t('Open run'), () => context.panels.showRun(run.run_id)];
  if (run.steps.some(({ state }) => state === 'failed')) tellFailure(context, run, request);
  else tell(context, endSentence(run), [openRun]);
}

/** With what one would do about it. */
export function tellFailure(context: CommandContext, run: PipelineRun, request: StartPipeline): void {
  const failed = run.steps.filter(({ state }) => state === 'failed');
  const [first] = failed;
  if (!first) return;
  const offers: Offer[] = [
    [t('Open log'), () => context.panels.showLog(run.run_id, first.name)],
    [t('Retry'), () => runPipeline(context, retryOf(request, failed))],
    [t('Why?'), () => vscode.commands.executeCommand('crisol.pipeline.why', first.of ?? first.name)],
  ];
  tell(context, joined(causeWords(run.cause), failureWords(first, failed.length - 1)), offers, showError);
}

function endSentence(run: PipelineRun): string {
  const lasted = formatDuration((run.ended_at ?? run.started_at) - run.started_at);
  return t('{0}: {1} after {2}.', `${run.pipeline} · ${run.name}`, stateWord(run.state), lasted);
}

async function cancelPipeline({ api, stores }: CommandContext): Promise<void> {
  const run = stores.pipelines.activeRun();
  if (run) await api.cancelPipeline(run.run_id);
  else void showInfo(t('No pipeline is running.'));
}

/** What needs it is skipped, and the others go on; of a step with variants all that run. */
async function cancelStep({ api, stores }: CommandContext, row: unknown): Promise<void> {
  const named = subjectOf(row, 'step');
  const running = stores.pipelines.runs.flatMap((run) =>
    run.ended_at === null
      ? run.steps.filter(({ state }) => state === 'running' || state === 'pending').map((step) => ({ run, step }))
      : [],
  );
  const ofRow = running.filter(({ step }) => named && (step.name === named.name || step.of === named.name));
  const chosen = named ? ofRow : [await pickRunning(running.filter(({ step }) => step.state === 'running'))];
  await Promise.all(chosen.map(({ run, step }) => api.cancelStep(run.run_id, step.name)));
}

interface InRun {
  run: PipelineRun;
  step: PipelineRun['steps'][number];
}

function pickRunning(running: InRun[]): Promise<InRun> {
  const choices = running.map((one) => ({ label: one.step.name, description: one.run.name, value: one }));
  return pickOne(t('Cancel step'), choices, { empty: t('No step is running.'), alwaysAsk: true });
}

const runWords = () => ({ title: t('Run step'), placeHolder: t('Which step? What it needs runs first') });
const runFromWords = () => ({
  title: t('Run from step'),
  placeHolder: t('From which step on? Every step that waits for it runs too'),
});

async function showStepLog({ stores }: CommandContext, row: unknown): Promise<void> {
  const step = subjectOf(row, 'step');
  if (step?.runId) return openLog(step.runId, step.name);
  const ofFile = typeof row === 'string' ? stores.pipelines.runsWith(row)[0] : undefined;
  if (ofFile) return openLog(ofFile.run.run_id, ofFile.step.name);
  const run = stores.pipelines.newestRun();
  const ran = (run?.steps ?? []).filter(({ started_at }) => started_at !== null);
  const choices = ran.map(({ name, state }) => ({ label: name, description: stateWord(state), value: name }));
  const name = await pickOne(t('Show step log'), choices, {
    empty: t('No step has run yet.'),
    alwaysAsk: true,
    placeHolder: t('Of which step of the newest run?'),
  });
  if (run) await openLog(run.run_id, name);
}

async function openLog(runId: string, step: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(logUri(runId, step));
  await vscode.languages.setTextDocumentLanguage(document, 'log');
  await vscode.window.showTextDocument(document, { preview: true });
}
