/** What rooms of one row hand each other: they don't know one another, so that the composition root connects them here. */
import { createReadStream } from 'node:fs';
import { pathOfArtifactUri } from '../schemas/artifact-uri.ts';
import type { JsonObject } from '../schemas/language/json.ts';
import { foldName } from '../schemas/pipelines/folds.ts';
import { PRUNED_TAG } from '../schemas/pruned.ts';
import type { FoldRun } from '../schemas/wire/pipelines.ts';
import type { ConfiguredSweep } from '../schemas/wire/sweeps.ts';
import type { Artifacts } from './artifacts/index.ts';
import type { Clock } from './base/clock.ts';
import type { Disposable } from './base/disposables.ts';
import { Disposables } from './base/disposables.ts';
import { CrisolError } from './base/errors.ts';
import { artifactPath } from './http/mlflow/artifact-paths.ts';
import { toRunInfo } from './http/mlflow/translate.ts';
import type { MonitorConfig, Monitoring, MonitoringDeps } from './monitoring/index.ts';
import type { Ground, PipelineDeps, Pipelines, Trials } from './pipelines/index.ts';
import type { Project } from './project/index.ts';
import type { Registry } from './registry/index.ts';
import type { ConfiguredEndpoint, ReportedPrediction, Serving } from './serving/index.ts';
import type { SweepDeps } from './sweeps/index.ts';
import type { RunRecord, Tracking } from './tracking/index.ts';
import { ALSO_TAG, FOLD_TAG } from './tracking/index.ts';
import type { TriggerDeps } from './triggers/index.ts';

export function endpointsOf(project: Project): ConfiguredEndpoint[] {
  const endpoints = project.model?.endpoints ?? [];
  return endpoints.flatMap(({ name, model }) => (model ? [{ name, model_ref: model.value }] : []));
}

export function monitorsOf(project: Project): MonitorConfig[] {
  return (project.model?.monitors ?? []).flatMap(({ name, endpoint, window, everyMs, drift }) => {
    if (!endpoint) return [];
    const { test, threshold, columns } = drift;
    return [{ name, endpoint: endpoint.value, last: window.last, everyMs, test, threshold, columns }];
  });
}

interface RunRooms {
  tracking: Tracking;
  artifacts: Pick<Artifacts, 'put'>;
  clock: Clock;
}

/** A pipeline's run is a run of the experiment that has the pipeline's name; below it is one for each attempt at a step. */
export function runsForPipelines({ tracking, artifacts, clock }: RunRooms): PipelineDeps['runs'] {
  const { experiments, runs, log, provenance } = tracking;
  return {
    async start(experiment, params) {
      const known = await experiments.ensure(experiment);
      const tags = [{ key: 'crisol.pipeline', value: experiment }];
      const run = await runs.start({ experiment_id: known.experiment_id, tags });
      await log.give(run.run_id, params);
      provenance.observe(run.run_id);
      return run;
    },
    async startStep({ run_id: parent, pipeline }, { name, of, matrix }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'mlflow.parentRunId', value: parent },
        { key: 'crisol.step', value: of },
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
        { key: 'crisol.step', value: step.of },
        { key: FOLD_TAG, value: String(number) },
      ];
      return (await runs.start({ experiment_id, name: foldName(step.name, number), tags })).run_id;
    },
    async foldsOf(parent) {
      const { pieces } = await runs.search({ parent, limit: MOST_FOLDS });
      const below = [...pieces()].flat().flatMap(({ run_id }) => runs.find(run_id) ?? []);
      return below.flatMap(foldRun).toSorted((one, other) => one.number - other.number);
    },
    finish: (runId, state) => runs.finish(runId, state),
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
    async repeat({ run_id }, { matrix }, metrics) {
      if (!matrix) await log.batch(run_id, { metrics: pointsNow(metrics, clock) });
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

/** A sweep is a run with tags of its own; below it is one for each trial, which has the trial's params from the beginning. */
export function trialsForPipelines(
  { experiments, runs, log, series, changes }: Tracking,
  clock: Clock,
): PipelineDeps['trials'] {
  return {
    async startSweep({ pipeline, name, step }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'crisol.sweep', value: name },
        { key: 'crisol.step', value: step },
      ];
      return (await runs.start({ experiment_id, name: `sweep ${name}`, tags })).run_id;
    },
    async startTrial({ pipeline, parent, sweep, step, number, params }) {
      const { experiment_id } = await experiments.ensure(pipeline);
      const tags = [
        { key: 'mlflow.parentRunId', value: parent },
        { key: 'crisol.sweep', value: sweep },
        { key: 'crisol.trial', value: String(number) },
        { key: 'crisol.step', value: step },
      ];
      const { run_id } = await runs.start({ experiment_id, name: `${sweep} ${number}`, tags });
      await log.give(run_id, params);
      return run_id;
    },
    reopen: (runId) => runs.update(runId, { state: 'running' }),
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

/** The pipelines' room carries out what the sweeps' room draws. */
export function runnerForSweeps(trials: Trials): SweepDeps['runner'] {
  return {
    ground: (request) => trials.ground(request),
    // what it answered itself, sealed by the sweeps' room
    open: ({ ground, ...sweep }, signal) => trials.open({ ...sweep, ground: ground as Ground }, signal),
    start: (trial) => trials.start(trial),
    close: (id, state, metrics) => trials.close(id, state, metrics),
    giveUp: (id) => trials.giveUp(id),
  };
}

export const sweepsOf = ({ model }: Pick<Project, 'model'>): ConfiguredSweep[] =>
  (model?.sweeps ?? []).map(({ name, written: { step, goal } }) => ({ name, step: String(step), goal: String(goal) }));

/** What crisol.yaml says of a sweep. */
export function writtenSweep({ model, problem }: Pick<Project, 'model' | 'problem'>, name: string): JsonObject {
  if (problem !== null) throw new CrisolError('PIPELINE_FILE_INVALID', problem);
  const found = model?.sweeps.find((sweep) => sweep.name === name);
  if (found) return found.written;
  const names = (model?.sweeps ?? []).map((sweep) => sweep.name).join(', ');
  throw new CrisolError(
    'SWEEP_UNKNOWN',
    `There is no sweep "${name}" in crisol.yaml; there ${names === '' ? 'is none' : `are: ${names}`}.`,
  );
}

/** Serving reports one prediction after another, monitoring takes them by version. */
export function predictionsOf(serving: Serving, listener: Parameters<MonitoringDeps['onPredictions']>[0]): Disposable {
  return serving.onPredictions(({ endpoint, predictions }) => {
    for (const part of byVersion(predictions)) {
      const [first] = part;
      if (!first) continue;
      const { model, version, at } = first;
      const records = part.map(({ record }) => record);
      listener({ endpoint, model, version, at, records, labels: part.map(({ label }) => label) });
    }
  });
}

function byVersion(predictions: ReportedPrediction[]): ReportedPrediction[][] {
  return [...Map.groupBy(predictions, ({ model, version }) => `${model}/${version}`).values()];
}

/** Its files are read again when another model takes over and fails. */
export function isServed(serving: Serving, model: string, version: number): boolean {
  return serving.list().some((endpoint) => endpoint.model === model && endpoint.version === version);
}

/** What triggers begin. A file that cannot be planned writes nothing that is known. */
export function runsForTriggers(pipelines: Pipelines, project: Project): TriggerDeps['runs'] {
  const { changes, settled } = pipelines;
  return {
    changes,
    settled,
    start: ({ cause, steps, params }) => pipelines.start({ steps: [...steps], params: { ...params } }, cause),
    startedBy: (key) => pipelines.startedBy(key),
    find: (runId) => pipelines.find(runId),
    cancel: (runId) => void pipelines.cancel(runId),
    busy: () => pipelines.busy(),
    writes() {
      try {
        return project.plan().steps.flatMap(({ writes }) => writes);
      } catch (thrown) {
        if (thrown instanceof CrisolError) return [];
        throw thrown;
      }
    },
  };
}

export const triggersOf = ({ model, problem }: Project): ReturnType<TriggerDeps['configured']> => ({
  triggers: model?.triggers ?? [],
  datasets: model?.datasets ?? [],
  problem,
});

/** A monitor that waits for requests, or failed, says nothing about its data. */
export function driftNews(monitoring: Monitoring): TriggerDeps['drift'] {
  return {
    onNews: (listener) =>
      monitoring.events.on((event) => {
        if (event.type !== 'monitor/report') return;
        const { name: monitor, state, model, version } = event.report;
        if (state === 'ok' || state === 'drift') listener({ monitor, state, about: `${model}/${version}` });
      }),
  };
}

interface Followers {
  registry: Registry;
  serving: Serving;
  monitoring: Monitoring;
  project: Project;
}

/** Endpoints follow the stages of their models, monitors the versions of their endpoints, and both crisol.yaml. */
export function followStages({ registry, serving, monitoring, project }: Followers): Disposable {
  const following = new Disposables();
  following.add(registry.changes.on((name) => void serving.modelChanged(name)));
  following.add(registry.removed.on((name) => void serving.modelChanged(name)));
  following.add(
    serving.onEvent(({ name, model, version, state }) => {
      if (state === 'ready' && model !== null && version !== null) monitoring.versionServed(name, model, version);
    }),
  );
  following.add(project.changed.on(() => monitoring.configChanged()));
  return following;
}
