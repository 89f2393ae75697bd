import type { FromRunsPanel, RunState, RunSubject, ToRunsPanel } from '../../schemas/panels/runs.ts';
import { addToAll } from '../../schemas/panels/series.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { MetricPoint, RunDetail } from '../../schemas/wire/tracking.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { connectionMessages, problemOf, tellConnection } from './connection.ts';
import type { Conversation, PanelKind, Surface } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';
import { RunDetails } from './run-details.ts';
import { RunLogs } from './run-logs.ts';
import { RunStanding } from './run-standing.ts';

export const runsPanel: PanelKind<RunSubject, ToRunsPanel, FromRunsPanel> = {
  viewType: 'crisol.runs',
  bundle: 'runs',
  key: ({ run_id }) => run_id,
  title: () => t('Run'),
  subjectFrom: (kept) => (isRunSubject(kept) ? { run_id: kept.run_id } : null),
  converse: (subject, surface, ports) => new RunConversation(subject, surface, ports),
};

/** Points are collected this long: a script that logs a thousand a second makes twenty messages of them. */
const COLLECT_MS = 50;

class RunConversation implements Conversation<FromRunsPanel> {
  private state: RunState;
  private readonly subscriptions: Subscription[];
  private readonly surface: Surface<ToRunsPanel>;
  private readonly ports: ConversationPorts;
  private readonly details: RunDetails;
  private readonly logs: RunLogs;
  private readonly standing: RunStanding;
  private pipeline: PipelineRun | null = null;
  private wantedLog: string | undefined;
  private points = new Map<string, MetricPoint[]>();
  private cancelFlush: (() => void) | undefined;

  constructor({ run_id }: RunSubject, surface: Surface<ToRunsPanel>, ports: ConversationPorts) {
    this.surface = surface;
    this.ports = ports;
    this.state = { run_id, run: null, known: false, series: [] };
    this.details = new RunDetails(() => this.state.run ?? undefined, run_id, surface, ports);
    this.logs = new RunLogs(run_id, surface, ports);
    this.standing = new RunStanding(run_id, ports.link, {
      hear: (message) => this.hear(message),
      gone: () => this.put({ run_id, run: null, known: true, series: [], deleted: true }),
      experimentRenamed: (experiment_name) => this.state.run && this.putDetail({ ...this.state.run, experiment_name }),
    });
    this.subscriptions = [this.standing, tellConnection(ports.link, (message) => surface.post(message))];
    this.followPipeline(run_id);
  }

  tellAll(): void {
    this.details.shown.forget();
    this.logs.leaveAll();
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.surface.post({ type: 'runs/all', run: this.state, pipeline: this.pipeline });
    this.tellWanted();
  }

  private tellWanted(): void {
    if (this.wantedLog !== undefined) this.surface.post({ type: 'runs/show-log', step: this.wantedLog });
    this.wantedLog = undefined;
  }

  /** The output of a step. */
  turnTo(step: string): void {
    this.wantedLog = step;
    if (this.surface.standing) this.tellWanted();
  }

  receive(message: FromRunsPanel): void {
    if (message.type === 'copy') this.ports.openers.copy(message.text, message.what);
    if (message.type === 'runs/save') this.ports.openers.save(message.name, message.text);
    this.details.receive(message);
    this.logs.receive(message);
    if (message.type === 'runs/restore') void this.restore();
  }

  dispose(): void {
    this.cancelFlush?.();
    this.details.shown.dispose();
    this.logs.leaveAll();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private hear(message: RoomMessage): void {
    if (message.type === 'run/snapshot') {
      const { run, series } = message;
      this.put({ run_id: this.state.run_id, run, known: true, series });
      if (this.surface.standing) this.details.shown.allChanged();
    }
    if (message.type === 'run/detail') this.putDetail(message.run);
    if (message.type === 'run/artifacts' && this.surface.standing) this.details.shown.changed(message);
    if (message.type === 'run/points') this.addPoints(message.series);
  }

  private put(state: RunState): void {
    this.standing.isIn(state.run);
    // a snapshot that comes after the news of its end says no more than that it is gone
    this.state = state.run ? state : { ...state, deleted: state.deleted ?? this.state.deleted };
    this.surface.post({ type: 'runs/run', run: this.state });
    if (state.run) this.nameAfter(state.run.name);
  }

  private putDetail(run: RunDetail): void {
    this.standing.isIn(run);
    this.state = { ...this.state, run, known: true };
    this.surface.post({ type: 'runs/detail', run });
    this.nameAfter(run.name);
  }

  private nameAfter(run: string): void {
    if (run !== '') this.surface.title(run);
  }

  private addPoints(news: { key: string; points: MetricPoint[] }[]): void {
    this.state = { ...this.state, series: addToAll(this.state.series, news) };
    if (!this.surface.standing) return;
    for (const { key, points } of news) this.points.set(key, [...(this.points.get(key) ?? []), ...points]);
    this.cancelFlush ??= this.ports.clock.after(COLLECT_MS, () => this.flush());
  }

  private flush(): void {
    this.cancelFlush = undefined;
    const series = [...this.points].map(([key, points]) => ({ key, points }));
    this.points = new Map();
    this.surface.post({ type: 'runs/points', series });
  }

  private followPipeline(runId: string): void {
    const take = (pipeline: PipelineRun | undefined) => {
      if (pipeline?.run_id !== runId) return;
      this.pipeline = pipeline;
      this.surface.post({ type: 'runs/pipeline', pipeline });
    };
    const hear = (message: RoomMessage) => {
      if (message.type === 'pipelines/run') take(message.run);
      if (message.type === 'pipelines/snapshot') take(message.runs.find((run) => run.run_id === runId));
    };
    this.subscriptions.push(this.ports.link.subscribe('pipelines', hear));
    // the snapshot holds the newest runs only; most runs are no pipeline's, which is no problem
    this.ports.api.pipelineRun(runId).then(
      (run) => this.pipeline ?? take(run),
      () => undefined,
    );
  }

  private async restore(): Promise<void> {
    try {
      await this.ports.api.restoreRuns({ run_ids: [this.state.run_id] });
    } catch (thrown) {
      this.surface.post({ type: 'problem', problem: problemOf(thrown) });
    }
  }
}

function isRunSubject(kept: unknown): kept is RunSubject {
  return typeof kept === 'object' && kept !== null && 'run_id' in kept && typeof kept.run_id === 'string';
}
