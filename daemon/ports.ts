/** What rooms of one row hand each other: they don't know one another, so that the composition root connects them here. */
import type { JsonObject } from '../schemas/language/json.ts';
import type { ConfiguredSweep } from '../schemas/wire/sweeps.ts';
import type { Disposable } from './base/disposables.ts';
import { Disposables } from './base/disposables.ts';
import { CrisolError } from './base/errors.ts';
import type { MonitorConfig, Monitoring, MonitoringDeps } from './monitoring/index.ts';
import type { Ground, Pipelines, Trials } from './pipelines/index.ts';
import type { Project } from './project/index.ts';
import type { Registry } from './registry/index.ts';
import type { ConfiguredEndpoint, ReportedPrediction, Serving } from './serving/index.ts';
import type { SweepDeps } from './sweeps/index.ts';
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

/** The pipelines' room carries out what the sweeps' room draws. */
export function runnerForSweeps(trials: Trials): SweepDeps['runner'] {
  return {
    ground: (request) => trials.ground(request),
    // what it answered itself, sealed by the sweeps' room
    open: ({ ground, ...sweep }, options) => trials.open({ ...sweep, ground: ground as Ground }, options),
    start: (trial) => trials.start(trial),
    close: (id, state, metrics) => trials.close(id, state, metrics),
    giveUp: (id) => trials.giveUp(id),
  };
}

export const sweepsOf = ({ model }: Pick<Project, 'model'>): ConfiguredSweep[] =>
  (model?.sweeps ?? []).map(({ name, written: { step, goal } }) => ({ name, step: String(step), goal: String(goal) }));

/** What crisol.yaml says of a sweep, which may have been saved just now. */
export function writtenSweep(project: Pick<Project, 'modelNow'>, name: string): JsonObject {
  const { sweeps } = project.modelNow();
  const found = sweeps.find((sweep) => sweep.name === name);
  if (found) return found.written;
  const names = sweeps.map((sweep) => sweep.name).join(', ');
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
