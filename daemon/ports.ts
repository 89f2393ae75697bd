/** What rooms of one row hand each other: they don't know one another, so that the composition root connects them here. */
import type { Disposable } from './base/disposables.ts';
import { Disposables } from './base/disposables.ts';
import type { MonitorConfig, Monitoring, MonitoringDeps } from './monitoring/index.ts';
import type { PipelineDeps } from './pipelines/index.ts';
import type { Project } from './project/index.ts';
import type { Registry } from './registry/index.ts';
import type { ConfiguredEndpoint, ReportedPrediction, Serving } from './serving/index.ts';
import type { Tracking } from './tracking/index.ts';

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

/** A pipeline's run is a run of the experiment that has the pipeline's name. */
export function runsForPipelines({ experiments, runs, provenance }: Tracking): PipelineDeps['runs'] {
  return {
    async start(experiment) {
      const known = await experiments.ensure(experiment);
      const tags = [{ key: 'crisol.pipeline', value: experiment }];
      const run = await runs.start({ experiment_id: known.experiment_id, tags });
      provenance.observe(run.run_id);
      return run;
    },
    finish: (runId, state) => runs.finish(runId, state),
  };
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
