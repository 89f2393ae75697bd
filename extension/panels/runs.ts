import type { FromRunsPanel, RunState, RunsSubject, ToRunsPanel } from '../../schemas/panels/runs.ts';
import { addToAll } from '../../schemas/panels/series.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { MetricPoint } from '../../schemas/wire/tracking.ts';
import type { RoomMessage, Subscription } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { connectionMessages, problemOf, tellConnection } from './connection.ts';
import type { Conversation, PanelKind, Surface } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';
import { RunDetails } from './run-details.ts';

export const runsPanel: PanelKind<RunsSubject, ToRunsPanel, FromRunsPanel> = {
  viewType: 'crisol.runs',
  bundle: 'runs',
  key: ({ run_ids }) => run_ids.join(' '),
  title: () => t('Run'),
  subjectFrom: (kept) => (isRunsSubject(kept) ? { run_ids: kept.run_ids } : null),
  converse: (subject, surface, ports) => new RunsConversation(subject, surface, ports),
};

/** Points are collected this long: a script that logs a thousand a second makes twenty messages of them. */
const COLLECT_MS = 50;

class RunsConversation implements Conversation<FromRunsPanel> {
  private readonly runs: Map<string, RunState>;
  private readonly subscriptions: Subscription[];
  private readonly surface: Surface<ToRunsPanel>;
  private readonly ports: ConversationPorts;
  private readonly details: RunDetails;
  private pipeline: PipelineRun | null = null;
  private points = new Map<string, Map<string, MetricPoint[]>>();
  private cancelFlush: (() => void) | undefined;

  constructor({ run_ids }: RunsSubject, surface: Surface<ToRunsPanel>, ports: ConversationPorts) {
    this.surface = surface;
    this.ports = ports;
    this.runs = new Map(run_ids.map((run_id) => [run_id, { run_id, run: null, known: false, series: [] }]));
    this.details = new RunDetails((id) => this.runs.get(id)?.run ?? undefined, run_ids[0] ?? '', surface, ports);
    this.subscriptions = run_ids.map((id) => ports.link.subscribe(`run:${id}`, (message) => this.hear(message)));
    this.subscriptions.push(tellConnection(ports.link, (message) => surface.post(message)));
    this.followPipeline(run_ids[0] ?? '');
  }

  tellAll(): void {
    this.details.shown.forget();
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.surface.post({ type: 'runs/all', runs: [...this.runs.values()], pipeline: this.pipeline });
  }

  receive(message: FromRunsPanel): void {
    if (message.type === 'copy') this.ports.openers.copy(message.text, message.what);
    if (message.type === 'runs/save') this.ports.openers.save(message.name, message.text);
    this.details.receive(message);
    if (message.type === 'runs/read-log') void this.readLog(message.step, message.offset);
  }

  dispose(): void {
    this.cancelFlush?.();
    this.details.shown.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private hear(message: RoomMessage): void {
    if (message.type === 'run/snapshot') {
      const run_id = message.topic.slice('run:'.length);
      this.put({ run_id, run: message.run, known: true, series: message.series });
      if (this.surface.standing) this.details.shown.allChanged();
    }
    if (message.type === 'run/detail') {
      const before = this.runs.get(message.run.run_id);
      if (before) this.runs.set(before.run_id, { ...before, run: message.run, known: true });
      this.surface.post({ type: 'runs/detail', run: message.run });
      this.nameAfter(message.run.name);
    }
    if (message.type === 'run/artifacts' && this.surface.standing)
      this.details.shown.changed(message.paths, message.model_ids);
    if (message.type === 'run/points') this.addPoints(message.run_id, message.series);
  }

  private put(state: RunState): void {
    if (!this.runs.has(state.run_id)) return;
    this.runs.set(state.run_id, state);
    this.surface.post({ type: 'runs/run', run: state });
    if (state.run) this.nameAfter(state.run.name);
  }

  private nameAfter(run: string): void {
    if (run !== '') this.surface.title(run);
  }

  private addPoints(runId: string, news: { key: string; points: MetricPoint[] }[]): void {
    const before = this.runs.get(runId);
    if (!before) return;
    this.runs.set(runId, { ...before, series: addToAll(before.series, news) });
    if (!this.surface.standing) return;
    const waiting = this.points.get(runId) ?? new Map<string, MetricPoint[]>();
    this.points.set(runId, waiting);
    for (const { key, points } of news) waiting.set(key, [...(waiting.get(key) ?? []), ...points]);
    this.cancelFlush ??= this.ports.clock.after(COLLECT_MS, () => this.flush());
  }

  private flush(): void {
    this.cancelFlush = undefined;
    const ready = this.points;
    this.points = new Map();
    for (const [run_id, byKey] of ready) {
      const series = [...byKey].map(([key, points]) => ({ key, points }));
      this.surface.post({ type: 'runs/points', run_id, series });
    }
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

  private async readLog(step: string, offset: number): Promise<void> {
    const [runId] = this.runs.keys();
    if (runId === undefined) return;
    try {
      const { text, next_offset } = await this.ports.api.stepLog(runId, step, offset);
      this.surface.post({ type: 'runs/log', step, offset, text, next_offset });
    } catch (thrown) {
      this.surface.post({ type: 'problem', problem: problemOf(thrown) });
    }
  }
}

function isRunsSubject(kept: unknown): kept is RunsSubject {
  if (typeof kept !== 'object' || kept === null || !('run_ids' in kept) || !Array.isArray(kept.run_ids)) return false;
  return kept.run_ids.length === 1 && typeof kept.run_ids[0] === 'string';
}
