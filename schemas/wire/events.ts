import type { DriftReport, MonitorSummary } from './monitoring.ts';
import type { PipelineRun, StepLog } from './pipelines.ts';
import type { Model } from './registry.ts';
import type { Endpoint } from './serving.ts';
import type { SweepSummary, SweepTrial } from './sweeps.ts';
import type { Experiment, LoggedModel, MetricPoint, MetricSeries, RunDetail, RunSummary } from './tracking.ts';
import type { Firing, TriggerSummary } from './triggers.ts';

/**
 * The WebSocket at `/ws`. A client subscribes to topics; each message of the server carries `epoch` (the daemon's
 * instance) and `seq` (counts up by one per published event in that epoch).
 *
 * Subscribing answers one snapshot a topic, unless `resume` names an epoch and seq the daemon still remembers: then the
 * missed events follow instead. Events carry the newest state of one entity, so that a client which was too slow can be
 * given a snapshot in place of everything it missed. An event may repeat what a snapshot already holds: applying it twice
 * changes nothing. On a topic that nobody follows nothing is published.
 */
export const EVENTS_PATH = '/ws';

/** A topic is a room, or one entity of it: `run:ID`, `log:RUN/STEP`, `monitor:NAME`. */
export type Topic =
  | 'tracking'
  | 'registry'
  | 'pipelines'
  | 'serving'
  | 'monitoring'
  | 'triggers'
  | 'sweeps'
  | `sweep:${string}`
  | `run:${string}`
  | `log:${string}`
  | `monitor:${string}`;

export type ClientMessage =
  | { type: 'subscribe'; topics: Topic[]; resume?: { epoch: string; seq: number } }
  | { type: 'unsubscribe'; topics: Topic[] };

/** What the rooms publish. `type` is room/event. */
export type RoomEvent =
  | { type: 'tracking/experiment'; experiment: Experiment }
  | { type: 'tracking/experiment-removed'; experiment_id: string }
  | { type: 'tracking/run'; run: RunSummary }
  | { type: 'tracking/run-removed'; run_id: string }
  | { type: 'tracking/model'; model: LoggedModel }
  | { type: 'tracking/model-removed'; model_id: string }
  | { type: 'run/detail'; run: RunDetail }
  /** of its own files which are new, other or gone, and of which logged models some are: whoever shows them reads them anew */
  | { type: 'run/artifacts'; run_id: string; paths: string[]; model_ids: string[] }
  | { type: 'run/points'; run_id: string; series: { key: string; points: MetricPoint[] }[] }
  | { type: 'registry/model'; model: Model }
  | { type: 'registry/model-removed'; name: string }
  | { type: 'pipelines/run'; run: PipelineRun }
  | { type: 'pipelines/plan-changed' }
  | { type: 'log/part'; log: StepLog }
  | { type: 'serving/endpoint'; endpoint: Endpoint }
  | { type: 'monitoring/monitor'; monitor: MonitorSummary }
  | { type: 'monitoring/monitor-removed'; name: string }
  | { type: 'monitor/report'; report: DriftReport }
  /** all of them, when there are others or they are called otherwise */
  | { type: 'triggers/list'; triggers: TriggerSummary[] }
  | { type: 'triggers/trigger'; trigger: TriggerSummary }
  | { type: 'triggers/firing'; firing: Firing }
  /** on both topics */
  | { type: 'sweeps/sweep'; sweep: SweepSummary }
  /** on `sweep:ID` alone */
  | { type: 'sweep/trial'; trial: SweepTrial };

/** The complete state behind a topic. */
export type Snapshot =
  | { type: 'tracking/snapshot'; topic: 'tracking'; experiments: Experiment[]; runs: RunSummary[] }
  | { type: 'run/snapshot'; topic: `run:${string}`; run: RunDetail | null; series: MetricSeries[] }
  | { type: 'registry/snapshot'; topic: 'registry'; models: Model[] }
  | { type: 'pipelines/snapshot'; topic: 'pipelines'; runs: PipelineRun[] }
  /** without words: where the output ends by now */
  | { type: 'log/snapshot'; topic: `log:${string}`; log: StepLog }
  | { type: 'serving/snapshot'; topic: 'serving'; endpoints: Endpoint[] }
  | { type: 'monitoring/snapshot'; topic: 'monitoring'; monitors: MonitorSummary[] }
  | { type: 'triggers/snapshot'; topic: 'triggers'; triggers: TriggerSummary[] }
  | { type: 'sweeps/snapshot'; topic: 'sweeps'; sweeps: SweepSummary[] }
  | { type: 'sweep/snapshot'; topic: `sweep:${string}`; sweep: SweepSummary | null; trials: SweepTrial[] }
  | { type: 'monitor/snapshot'; topic: `monitor:${string}`; report: DriftReport | null };

export type SystemMessage =
  | { type: 'system/hello'; version: string }
  | { type: 'system/refused'; error_code: string; message: string }
  | { type: 'system/closing'; reason: string };

export type Stamped<T> = T & { epoch: string; seq: number };
/** An event says which topic it was published on; a client may be subscribed to several. */
export type ServerMessage = Stamped<SystemMessage> | Stamped<Snapshot> | Stamped<RoomEvent & { topic: Topic }>;
