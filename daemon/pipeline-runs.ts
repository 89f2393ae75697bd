/** Runs in tracking as the pipelines' room asks for them, which knows nothing of tracking itself. */
import { createReadStream } from 'node:fs';
import { pathOfArtifactUri } from '../schemas/artifact-uri.ts';
import { foldName } from '../schemas/pipelines/folds.ts';
import { PRUNED_TAG } from '../schemas/pruned.ts';
import type { FoldRun } from '../schemas/wire/pipelines.ts';
import type { Artifacts } from './artifacts/index.ts';
import type { Clock } from './base/clock.ts';
import { artifactPath } from './http/mlflow/artifact-paths.ts';
import { toRunInfo } from './http/mlflow/translate.ts';
import type { PipelineDeps } from './pipelines/index.ts';
import type { RunRecord, Tracking } from './tracking/index.ts';
import { ALSO_TAG, FOLD_TAG } from './tracking/index.ts';

const STEP_TAG = 'crisol.step';

interface RunRooms {
  tracking: Tracking;
  artifacts: Pick<Artifacts, 'put'>;
  clock: Clock;
}

/** A pipeline's run is a run of the experiment that has the pipeline's name; below it is one for each attempt at a step. */
export function runsForPipelines({ tracking, artifacts, clock }: RunRooms): PipelineDeps['runs'] {
  const { experiments, runs, log, provenance } = tracking;
  return {
    async start(experiment, params, name) {
      const known = await experiments.ensure(experiment);
      const tags = [{ key: 'crisol.pipeline', value: experiment }];
      const run = await runs.start({ experiment_id: known.experiment_id, name, tags });
      await log.give(run.run_id, params);
      provenance.observe(run.run_id);
      return run;
    },
    async startStep({ run_id: parent, pipeline }, { name, of, matrix }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'mlflow.parentRunId', value: parent },
        { key: STEP_TAG, value: of },
        // what variants log has the same names: each keeps its own
        ...(matrix ? [] : [{ key: ALSO_TAG, value: parent }]),
      ];
      const { run_id } = await runs.start({ experiment_id, name, tags });
      if (matrix) await log.give(run_id, matrix);
      return run_id;
    },
    async startFold({ pipeline, parent, step, number }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'mlflow.parentRunId', value: parent },
        { key: STEP_TAG, value: step.of },
        { key: FOLD_TAG, value: String(number) },
      ];
      return (await runs.start({ experiment_id, name: foldName(step.name, number), tags })).run_id;
    },
    async foldsOf(parent) {
      const { pieces } = await runs.search({ parents: [parent], limit: MOST_FOLDS });
      const below = [...pieces()].flat().flatMap(({ run_id }) => runs.find(run_id) ?? []);
      return below.flatMap(foldRun).toSorted((one, other) => one.number - other.number);
    },
    finish: (runId, state) => runs.finish(runId, state),
    finishWhole: (runId, state) => finishWhole(tracking, runId, state),
    log: (runId, metrics) => log.batch(runId, { metrics }),
    async keepFile(runId, path, file) {
      const folder = pathOfArtifactUri(toRunInfo(runs.get(runId)).artifact_uri);
      // an experiment may keep its artifacts elsewhere: there they are its scripts' matter
      if (folder !== undefined) await artifacts.put(artifactPath(`${folder}/${path}`), createReadStream(file));
    },
    metricsOf: (runId) => {
      const metrics = runs.find(runId)?.metrics ?? [];
      return Object.fromEntries(metrics.map(({ key, value }) => [key, Number(value)]));
    },
    async repeat({ run_id }, { matrix }, { runId, metrics }) {
      if (matrix) return;
      await log.batch(run_id, { metrics: pointsNow(metrics, clock) });
      await log.repeatParams(run_id, runId);
    },
    async settle({ run_id }, metrics) {
      const points = pointsToBeLast(runs.get(run_id), metrics, clock);
      if (points.length > 0) await log.batch(run_id, { metrics: points });
    },
  };
}

const MOST_FOLDS = 10_000;

function foldRun({ run_id, state, started_at, ended_at, tags }: RunRecord): FoldRun[] {
  const number = Number(tags.find(({ key }) => key === FOLD_TAG)?.value);
  if (!Number.isSafeInteger(number)) return [];
  return [{ number, state, run_id, started_at, ...(ended_at !== null && { seconds: (ended_at - started_at) / 1000 }) }];
}

function pointsNow(metrics: Readonly<Record<string, number>>, clock: Clock) {
  const timestamp = clock.now();
  return Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, timestamp }));
}

/** After those that the run has, where these say something else. */
function pointsToBeLast(run: RunRecord, metrics: Readonly<Record<string, number>>, clock: Clock) {
  return run.metrics.flatMap(({ key, value, step, timestamp }) => {
    const last = metrics[key];
    if (last === undefined || Object.is(Number(value), last)) return [];
    return [{ key, value: last, step, timestamp: Math.max(clock.now(), timestamp + 1) }];
  });
}

/** Of what stands below it only what we began: a script may end its own runs when it likes, also from elsewhere. */
async function finishWhole(
  { runs, family }: Pick<Tracking, 'runs' | 'family'>,
  runId: string,
  state: 'succeeded' | 'failed' | 'cancelled',
): Promise<void> {
  for (const open of family.openBelow(runId)) {
    const isOurs = runs.get(open).tags.some(({ key }) => key === STEP_TAG);
    if (isOurs) await runs.finish(open, 'cancelled');
  }
  await runs.finish(runId, state);
}

/** A sweep is a run with tags of its own; below it is one for each trial, which has the trial's params from the beginning. */
export function trialsForPipelines(tracking: Tracking, clock: Clock): PipelineDeps['trials'] {
  const { experiments, runs, log, series, changes } = tracking;
  return {
    async startSweep({ pipeline, name, step }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'crisol.sweep', value: name },
        { key: STEP_TAG, value: step },
      ];
      return (await runs.start({ experiment_id, name: `sweep ${name}`, tags })).run_id;
    },
    async startTrial({ pipeline, parent, sweep, step, number, params }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'mlflow.parentRunId', value: parent },
        { key: 'crisol.sweep', value: sweep },
        { key: 'crisol.trial', value: String(number) },
        { key: STEP_TAG, value: step },
      ];
      const { run_id } = await runs.start({ experiment_id, name: `${sweep} ${number}`, tags });
      await log.give(run_id, params);
      return run_id;
    },
    reopen: (runId) => runs.update(runId, { state: 'running' }),
    finishWhole: (runId, state) => finishWhole(tracking, runId, state),
    async log(runId, metrics) {
      await log.batch(runId, { metrics: pointsNow(metrics, clock) });
    },
    prune: (runId, step) => log.batch(runId, { tags: [{ key: PRUNED_TAG, value: String(Math.max(0, step)) }] }),
    follow(runId, metric, listener) {
      let waiting: { step: number; value: number }[] | null = [];
      const listening = changes.on((change) => {
        if (change.type !== 'points' || change.run_id !== runId) return;
        const own = change.points.filter(({ key }) => key === metric);
        if (waiting) waiting.push(...own);
        else for (const point of own) listener(point);
      });
      const tellEarlier = (earlier: readonly { step: number; value: number }[]) => {
        for (const point of [...earlier, ...(waiting ?? [])]) listener(point);
        waiting = null;
      };
      series.spread(runId, metric, { points: EARLIER_POINTS }).then(
        (points) => tellEarlier(points.map(([step, , value]) => ({ step, value }))),
        () => tellEarlier([]),
      );
      return listening;
    },
  };
}

/** More than any pruner looks at. */
const EARLIER_POINTS = 100_000;
