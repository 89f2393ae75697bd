import { Emitter } from '../../../daemon/base/emitter.ts';
import type { MetricPoint, StartedTrial, TrialEnd, TrialRunner, TrialTask } from '../../../daemon/sweeps/index.ts';
import type { JsonObject } from '../../../schemas/language/json.ts';

/** What a script does: each pair is a metric of that step. What it throws is why it fails. */
export type Script = (params: JsonObject) => Iterable<MetricPoint> | AsyncIterable<MetricPoint>;

/** Carries trials out as an engine does: they outlive whoever started them, and are found again by their ids. */
export class FakeEngine implements TrialRunner {
  readonly tasks: TrialTask[] = [];
  mostAtOnce = 0;
  private readonly script: Script;
  private readonly trials = new Map<string, FakeTrial>();
  private atOnce = 0;

  constructor(script: Script) {
    this.script = script;
  }

  async start(task: TrialTask): Promise<StartedTrial> {
    const known = this.trials.get(task.id);
    if (known) return known;
    this.tasks.push(task);
    const trial = new FakeTrial(`run-${task.number}`);
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
  private readonly points = new Emitter<MetricPoint>();
  private end: (end: TrialEnd) => void = () => undefined;
  private stopped = false;

  constructor(runId: string) {
    this.runId = runId;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  onMetric(listener: (point: MetricPoint) => void) {
    for (const point of this.logged) listener(point);
    return this.points.on(listener);
  }

  stop(): void {
    this.stopped = true;
  }

  async run(script: Iterable<MetricPoint> | AsyncIterable<MetricPoint>): Promise<void> {
    const metrics: Record<string, number> = {};
    try {
      for await (const point of script) {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.stopped) return this.end({ state: 'cancelled', metrics });
        metrics[point.metric] = point.value;
        this.logged.push(point);
        this.points.emit(point);
      }
      await new Promise((resolve) => setImmediate(resolve));
      this.end(this.stopped ? { state: 'cancelled', metrics } : { state: 'succeeded', metrics });
    } catch (thrown) {
      this.end({ state: 'failed', metrics, reason: String(Object(thrown).message) });
    }
  }
}
