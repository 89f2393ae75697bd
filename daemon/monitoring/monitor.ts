import type { ColumnDrift, DriftReport, MonitorState, MonitorSummary } from '../../schemas/wire/monitoring.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { asCrisolError } from '../base/errors.ts';
import { reportOfWindow } from './compute.ts';
import { pointOf, ShareHistory } from './history.ts';
import { Pace } from './pace.ts';
import type { MonitorConfig, PredictionBatch } from './ports.ts';
import type { References } from './references.ts';
import { driftedColumns, driftedShare, driftSentence } from './report.ts';
import type { NewestPredictions, PredictionRepository } from './repository.ts';
import { monitorRules, neededRequests } from './rules.ts';
import { RecordWindow } from './window.ts';

/** A window is in memory, and read from the log at once when the daemon starts. */
export const LARGEST_WINDOW = 20_000;
/** While it waits for requests, a look costs nothing; whoever watches wants to see them arrive. */
const WAITING_MS = 1000;

export interface MonitorParts {
  clock: Clock;
  repository: PredictionRepository;
  references: References;
  /** a new state to be told */
  changed: (monitor: Monitor) => void;
  warn: (message: string, cause: unknown) => void;
}

interface ServedVersion {
  model: string;
  version: number;
  since: number;
}

type Outcome =
  | { state: 'waiting' }
  | { state: 'failed'; sentence: string }
  | { state: 'made'; columns: ColumnDrift[]; rows: number };

/** One monitor: the window of its endpoint's newest requests and the report on them. */
export class Monitor implements Disposable {
  readonly config: MonitorConfig;
  private readonly parts: MonitorParts;
  private readonly window: RecordWindow;
  private readonly history: ShareHistory;
  private served: ServedVersion | undefined;
  private columns: ColumnDrift[] = [];
  /** how many requests `columns` speaks of */
  private reportedRows = 0;
  private state: MonitorState = 'waiting';
  private sentence: string;
  private at: number | null = null;
  /** whether requests came that no report speaks of yet */
  private hasNews = false;
  private readonly pace: Pace;
  private disposed = false;

  constructor(config: MonitorConfig, parts: MonitorParts) {
    this.config = config;
    this.parts = parts;
    this.window = new RecordWindow(Math.min(config.last, LARGEST_WINDOW));
    this.history = new ShareHistory(parts.repository.history(config.name));
    this.sentence = this.waitingSentence();
    this.pace = new Pace({ clock: parts.clock, everyMs: () => this.interval(), work: () => this.look() });
    this.restore(parts.repository.newestPredictions(config.endpoint, this.window.capacity));
  }

  accept(batch: PredictionBatch): void {
    // the last answers of a version may arrive after the first ones of the next
    if (!this.isServed(batch) && this.served && batch.at < this.served.since) return;
    this.serve(batch.model, batch.version, batch.at);
    for (const record of batch.records) this.window.push(record);
    this.hasNews = true;
    this.pace.ask();
  }

  /** Another version starts with an empty window: its requests are compared with its own training data. */
  serve(model: string, version: number, at: number): void {
    if (this.isServed({ model, version })) return;
    const hadAnother = this.served !== undefined;
    this.served = { model, version, since: at };
    this.window.clear();
    this.columns = [];
    this.at = null;
    this.waitForRequests();
    this.pace.forget();
    if (hadAnother) this.parts.changed(this);
  }

  summary(): MonitorSummary {
    const drifted = driftedColumns(this.columns).map(({ name, test, effect, threshold, p_value }) => {
      return { name, test, effect: effect ?? 0, threshold, p_value };
    });
    const { name, endpoint } = this.config;
    const { state, sentence, at } = this;
    const columns = this.columns.length;
    const rows = columns > 0 ? this.reportedRows : this.window.size;
    return { name, endpoint, state, sentence, drifted, columns, rows, at };
  }

  report(): DriftReport {
    return {
      ...this.summary(),
      model: this.served?.model ?? null,
      version: this.served?.version ?? null,
      threshold: this.config.threshold,
      share: driftedShare(this.columns),
      column_reports: this.columns,
      history: [...this.history.all],
    };
  }

  dispose(): void {
    this.disposed = true;
    this.pace.dispose();
  }

  private isServed({ model, version }: { model: string; version: number }): boolean {
    return this.served?.model === model && this.served.version === version;
  }

  private restore(found: NewestPredictions | undefined): void {
    if (!found) return;
    this.served = { model: found.model, version: found.version, since: found.since };
    for (const record of found.records) this.window.push(record);
    this.waitForRequests();
    this.pace.ask();
  }

  private waitForRequests(): void {
    this.state = 'waiting';
    this.sentence = this.waitingSentence();
  }

  private waitingSentence(): string {
    const needed = neededRequests(this.window.capacity);
    return `Waiting for requests: ${this.window.size} of ${needed} needed`;
  }

  private interval(): number {
    return this.state === 'waiting' ? Math.min(WAITING_MS, this.config.everyMs) : this.config.everyMs;
  }

  private async look(): Promise<void> {
    const { served } = this;
    if (!served) return;
    const outcome = await this.compute(served).catch((thrown: unknown): Outcome => {
      this.parts.warn(`monitor ${this.config.name}`, thrown);
      return { state: 'failed', sentence: `The report could not be made: ${asCrisolError(thrown).message}` };
    });
    // another version took over meanwhile: its own look follows
    if (this.disposed || served !== this.served) return;
    if (outcome.state === 'made') this.publish(outcome.columns, outcome.rows);
    else if (outcome.state === 'failed') this.fail(outcome.sentence);
    else this.waitForRequests();
    this.parts.changed(this);
  }

  /** The report, or in words why there is none. */
  private async compute({ model, version }: ServedVersion): Promise<Outcome> {
    const rows = this.window.size;
    if (rows < neededRequests(this.window.capacity)) return { state: 'waiting' };
    const reference = await this.parts.references.get(model, version);
    if (!reference) {
      return { state: 'failed', sentence: `${model} version ${version} has no reference data to compare with` };
    }
    const wanted = this.config.columns ?? [...reference.keys()];
    const rules = monitorRules(this.config.test, this.config.threshold, wanted.length, this.window.capacity);
    return { state: 'made', columns: await reportOfWindow(reference, this.window, wanted, rules), rows };
  }

  private publish(columns: ColumnDrift[], rows: number): void {
    this.columns = columns;
    this.reportedRows = rows;
    this.state = driftedColumns(columns).length > 0 ? 'drift' : 'ok';
    this.sentence = driftSentence(columns, rows);
    const lastReport = this.history.all.at(-1);
    // after a restart the same requests are looked at again: that is no new report
    if (lastReport && !this.hasNews) {
      this.at = lastReport.at;
      return;
    }
    this.hasNews = false;
    this.at = this.parts.clock.now();
    const point = pointOf(columns, this.at);
    this.parts.repository
      .addPoint(this.config.name, point, this.history.add(point))
      .catch((cause: unknown) => this.parts.warn(`monitor ${this.config.name}: its history was not kept`, cause));
  }

  private fail(sentence: string): void {
    this.state = 'failed';
    this.sentence = sentence;
    this.columns = [];
  }
}
