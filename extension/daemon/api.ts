import type { DriftReport, MonitorList } from '../../schemas/wire/monitoring.ts';
import type {
  LogFinding,
  LogPlace,
  LogSearch,
  Notice,
  PipelineOverview,
  PipelineRun,
  StartPipeline,
  StepLog,
} from '../../schemas/wire/pipelines.ts';
import type { ChoosePython, PythonAnswer } from '../../schemas/wire/python.ts';
import type {
  Model,
  ModelList,
  PromoteRequest,
  Promotion,
  Stage,
  StageHistory,
  VersionPage,
} from '../../schemas/wire/registry.ts';
import type {
  DeleteRuns,
  MovedRuns,
  MoveRuns,
  Naming,
  RunGroups,
  RunTagChange,
  SearchKeys,
  SearchValues,
  SomeRuns,
  TagChange,
} from '../../schemas/wire/run-changes.ts';
import type { CurvesAnswer, CurvesQuery } from '../../schemas/wire/run-curves.ts';
import type { RunInputs } from '../../schemas/wire/run-inputs.ts';
import type { RunSource } from '../../schemas/wire/run-source.ts';
import type { RunTablePage } from '../../schemas/wire/run-table.ts';
import type { Endpoint, EndpointDetail, EndpointList, StartEndpoint } from '../../schemas/wire/serving.ts';
import type { StartSweep, SweepList, SweepSummary } from '../../schemas/wire/sweeps.ts';
import type { ShutdownRequest } from '../../schemas/wire/system.ts';
import type { ExperimentList, RunDetail, RunList, SeriesList } from '../../schemas/wire/tracking.ts';
import type { FireAnswer, FireTrigger, TriggerDetail, TriggerList } from '../../schemas/wire/triggers.ts';
import type { WhyAnswer } from '../../schemas/wire/why.ts';
import type { DaemonLink } from './link.ts';

export interface RunsQuery {
  experiment_id?: string;
  filter?: string;
  order_by?: string[];
  which?: 'active' | 'deleted';
  /** a run: those below it; empty: those below no other */
  parent?: string;
  count?: boolean;
  limit?: number;
  page_token?: string;
}

/** Every request the extension makes, with its shapes. */
export type Api = ReturnType<typeof createApi>;

export function createApi(link: Pick<DaemonLink, 'call'>) {
  const requests: Requests = {
    get: (path) => link.call('GET', path),
    post: (path, body = {}) => link.call('POST', path, body),
  };
  return {
    ...ofTracking(requests),
    ...ofModels(requests),
    ...ofPipelines(requests),
    shutdown: (request: ShutdownRequest) => requests.post<unknown>('/shutdown', request),
  };
}

interface Requests {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: unknown): Promise<Answer>;
}

const name = encodeURIComponent;

function ofTracking({ get, post }: Requests) {
  return {
    experiments: (query: { which?: 'active' | 'deleted' } = {}) =>
      get<ExperimentList>(`/experiments?${queryOf(query)}`),
    createExperiment: (request: Naming) => post<{ experiment_id: string }>('/experiments', request),
    renameExperiment: (id: string, request: Naming) => post<unknown>(`/experiments/${name(id)}/rename`, request),
    deleteExperiment: (id: string) => post<unknown>(`/experiments/${name(id)}/delete`),
    tagExperiment: (id: string, request: TagChange) => post<unknown>(`/experiments/${name(id)}/tags`, request),
    restoreExperiment: (id: string) => post<unknown>(`/experiments/${name(id)}/restore`),
    searchKeys: (experiment: string) => get<SearchKeys>(`/experiments/${name(experiment)}/keys`),
    searchValues: (experiment: string, query: { kind: 'param' | 'tag'; key: string }) =>
      get<SearchValues>(`/experiments/${name(experiment)}/values?${queryOf(query)}`),
    runs: (query: RunsQuery) => get<RunList>(`/runs?${queryOf(query)}`),
    runGroups: (query: { experiment_id: string; by: string; filter?: string }) =>
      get<RunGroups>(`/runs/groups?${queryOf(query)}`),
    renameRun: (id: string, request: Naming) => post<unknown>(`/runs/${name(id)}/rename`, request),
    tagRuns: (request: RunTagChange) => post<unknown>('/runs/tags', request),
    deleteRuns: (request: DeleteRuns) => post<SomeRuns>('/runs/delete', request),
    restoreRuns: (request: SomeRuns) => post<unknown>('/runs/restore', request),
    moveRuns: (request: MoveRuns) => post<MovedRuns>('/runs/move', request),
    run: (id: string) => get<RunDetail>(`/runs/${name(id)}`),
    runMetrics: (id: string, query: { points: number; keys?: string[]; from?: number; to?: number }) =>
      get<SeriesList>(`/runs/${name(id)}/metrics?${queryOf(query)}`),
    runCurves: (query: CurvesQuery) => post<CurvesAnswer>('/runs/curves', query),
    runSource: (id: string) => get<RunSource>(`/runs/${name(id)}/source`),
    runInputs: (id: string) => get<RunInputs>(`/runs/${name(id)}/inputs`),
    runTable: (experiment: string, query: { limit?: number; page_token?: string; run_ids?: string[] }) =>
      get<RunTablePage>(`/experiments/${name(experiment)}/table?${queryOf(query)}`),
  };
}

/** Versions, and what serves and watches them. */
function ofModels({ get, post }: Requests) {
  return {
    models: () => get<ModelList>('/models?newest=1'),
    model: (model: string) => get<Model>(`/models/${name(model)}`),
    versions: (model: string, query: { stage: Stage; before?: number; limit: number }) =>
      get<VersionPage>(`/models/${name(model)}/versions?${queryOf(query)}`),
    modelHistory: (model: string) => get<StageHistory>(`/models/${name(model)}/history`),
    promote: (model: string, version: number, request: PromoteRequest) =>
      post<Promotion>(`/models/${name(model)}/versions/${version}/promote`, request),
    endpoints: () => get<EndpointList>('/endpoints'),
    endpoint: (endpoint: string) => get<EndpointDetail>(`/endpoints/${name(endpoint)}`),
    startEndpoint: (endpoint: string, request: StartEndpoint = {}) =>
      post<Endpoint>(`/endpoints/${name(endpoint)}/start`, request),
    stopEndpoint: (endpoint: string) => post<Endpoint>(`/endpoints/${name(endpoint)}/stop`),
    monitors: () => get<MonitorList>('/monitors'),
    monitor: (monitor: string) => get<DriftReport>(`/monitors/${name(monitor)}`),
  };
}

/** And what begins their runs. */
function ofPipelines({ get, post }: Requests) {
  return {
    pipelines: () => get<PipelineOverview>('/pipelines'),
    pipelineRun: (id: string) => get<PipelineRun>(`/pipelines/runs/${name(id)}`),
    startPipeline: (request: StartPipeline) => post<PipelineRun>('/pipelines/runs', request),
    choosePython: (request: ChoosePython) => post<PythonAnswer>('/pipelines/python', request),
    cancelPipeline: (id: string) => post<PipelineRun>(`/pipelines/runs/${name(id)}/cancel`),
    cancelStep: (id: string, step: string) =>
      post<PipelineRun>(`/pipelines/runs/${name(id)}/steps/${name(step)}/cancel`),
    takeNotice: (id: string) => post<Notice>(`/pipelines/runs/${name(id)}/notice`),
    why: (step: string) => post<WhyAnswer>('/pipelines/why', { step }),
    stepLog: (id: string, step: string, place: LogPlace) =>
      get<StepLog>(`/pipelines/runs/${name(id)}/logs/${name(step)}?${queryOf(place)}`),
    searchLog: (id: string, step: string, search: LogSearch) =>
      get<LogFinding>(`/pipelines/runs/${name(id)}/logs/${name(step)}/search?${queryOf(search)}`),
    sweeps: () => get<SweepList>('/sweeps'),
    startSweep: (request: StartSweep) => post<SweepSummary>('/sweeps', request),
    cancelSweep: (id: string) => post<SweepSummary>(`/sweeps/${name(id)}/cancel`),
    resumeSweep: (id: string) => post<SweepSummary>(`/sweeps/${name(id)}/resume`),
    triggers: () => get<TriggerList>('/triggers'),
    trigger: (trigger: string) => get<TriggerDetail>(`/triggers/${name(trigger)}`),
    fireTrigger: (trigger: string, request: FireTrigger) => post<FireAnswer>(`/triggers/${name(trigger)}`, request),
    pauseTrigger: (trigger: string) => post<unknown>(`/triggers/${name(trigger)}/pause`),
    resumeTrigger: (trigger: string) => post<unknown>(`/triggers/${name(trigger)}/resume`),
    allowTriggers: () => post<unknown>('/triggers', { act: true }),
  };
}

/** A list is said once for each of its items. */
function queryOf(query: object): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) parameters.append(key, String(one));
  }
  return parameters;
}
