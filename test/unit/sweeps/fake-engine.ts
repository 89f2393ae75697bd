import { Emitter } from '../../../daemon/base/emitter.ts';
import type { Point, StartedTrial, TrialEnd, TrialRunner, TrialTask } from '../../../daemon/sweeps/index.ts';
import type { JsonObject } from '../../../schemas/language/json.ts';

export interface MetricPoint extends Point {
  metric: string;
}

/** What a script does: each pair is a metric of that step. What it throws is why it fails. */
export type Script = (params: JsonObject) => Iterable<MetricPoint> | AsyncIterable<MetricPoint>;

/** Carries trials out as an engine does: they outlive whoever started them, and are found again by their ids. */
export class FakeEngine implements TrialRunner {
  readonly tasks: TrialTask[] = [];
  readonly opened: unknown[] = [];
  readonly closed: { state: string; metrics: Record<string, number> }[] = [];
  readonly givenUp: string[] = [];
  /** why no sweep can begin */
  wrong: string | null = null;
  mostAtOnce = 0;
  private readonly script: Script;
  private readonly trials = new Map<string, FakeTrial>();
  private atOnce = 0;

  constructor(script: Script) {
    this.script = script;
  }

  ground(): unknown {
    return { made: 'of what stands in the file' };
  }

  async open(sweep: { ground: unknown }): Promise<{ runId: string }> {
    this.opened.push(sweep.ground);
    if (this.wrong !== null) throw new Error(this.wrong);
    return { runId: 'run-of-all' };
  }

  async close(_id: string, state: string, metrics: Record<string, number>): Promise<void> {
    this.closed.push({ state, metrics });
  }

  async giveUp(id: string): Promise<void> {
    this.givenUp.push(id);
  }

  async start(task: TrialTask): Promise<StartedTrial> {
    const known = this.trials.get(task.id);
    if (known) return known;
    this.tasks.push(task);
    const trial = new FakeTrial(`run-${task.number}`, task.metric);
    this.trials.set(task.id, trial);
    this.atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    void trial.run(this.script(task.params)).finally(() => this.atOnce--);
    return trial;
  }

  /** How many points each trial logged before it ended. */
  get lengths(): number[] {
    return [...this.trials.values()].map(({ logged }) => logged.length);
  }
}

class FakeTrial implements StartedTrial {
  readonly runId: string;
  readonly logged: MetricPoint[] = [];
  readonly ended: Promise<TrialEnd>;
  private readonly points = new Emitter<Point>();
  private readonly metric: string;
  private end: (end: TrialEnd) => void = () => undefined;
  prunedAt: number | undefined;
  private stopped = false;

  constructor(runId: string, metric: string) {
    this.runId = runId;
    this.metric = metric;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  onPoint(listener: (point: Point) => void) {
    for (const point of this.logged) if (point.metric === this.metric) listener(point);
    return this.points.on(listener);
  }

  stop(): void {
    this.stopped = true;
  }

  prune(step: number): void {
    this.prunedAt = step;
    this.stop();
  }

  async run(script: Iterable<MetricPoint> | AsyncIterable<MetricPoint>): Promise<void> {
    const metrics: Record<string, number> = {};
    try {
      for await (const point of script) {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.stopped) return this.end({ state: 'cancelled', metrics });
        metrics[point.metric] = point.value;
        this.logged.push(point);
        if (point.metric === this.metric) this.points.emit(point);
      }
      await new Promise((resolve) => setImmediate(resolve));
      this.end(this.stopped ? { state: 'cancelled', metrics } : { state: 'succeeded', metrics });
    } catch (thrown) {
      this.end({ state: 'failed', metrics, reason: String(Object(thrown).message) });
    }
  }
}
