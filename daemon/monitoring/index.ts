import type { DriftReport, MonitorSummary } from '../../schemas/wire/monitoring.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { Monitor } from './monitor.ts';
import type { MonitorConfig, MonitoringDeps, MonitoringEvent, PredictionBatch } from './ports.ts';
import { References } from './references.ts';
import { PredictionRepository } from './repository.ts';

export type { MonitorConfig, MonitoringDeps, MonitoringEvent, PredictionBatch } from './ports.ts';
export type { FramesDrift } from './report.ts';
export { PREDICTIONS_MIGRATIONS } from './repository.ts';

const KEEP_ROWS = 100_000;

/** Watches what endpoints are asked, and says how far it is from what their models were trained on. */
export interface Monitoring extends Disposable {
  readonly events: Emitter<MonitoringEvent>;
  summaries(): MonitorSummary[];
  report(name: string): DriftReport;
  /** crisol.yaml was changed */
  configChanged(): void;
  /** an endpoint answers with this version from now on */
  versionServed(endpoint: string, model: string, version: number): void;
}

export function createMonitoring(deps: MonitoringDeps): Monitoring {
  return new MonitoringRoom(deps);
}

class MonitoringRoom implements Monitoring {
  readonly events = new Emitter<MonitoringEvent>();
  private readonly deps: MonitoringDeps;
  private readonly repository: PredictionRepository;
  private readonly references: References;
  private readonly monitors = new Map<string, Monitor>();
  private readonly predictions: Disposable;

  constructor(deps: MonitoringDeps) {
    this.deps = deps;
    this.repository = new PredictionRepository(deps.store, deps.keepRows ?? KEEP_ROWS);
    this.references = new References(deps.reference);
    this.configChanged();
    this.predictions = deps.onPredictions((batch) => this.accept(batch));
  }

  summaries(): MonitorSummary[] {
    return [...this.monitors.values()].map((monitor) => monitor.summary());
  }

  report(name: string): DriftReport {
    const monitor = this.monitors.get(name);
    if (!monitor) throw new CrisolError('MONITOR_UNKNOWN', `There is no monitor named ${name}.`);
    return monitor.report();
  }

  configChanged(): void {
    const wanted = new Map(this.deps.configured().map((config) => [config.name, config]));
    for (const [name, monitor] of this.monitors) {
      const next = wanted.get(name);
      if (isSame(monitor.config, next)) {
        wanted.delete(name);
        continue;
      }
      this.remove(name, monitor);
      if (!next) this.events.emit({ type: 'monitoring/monitor-removed', name });
    }
    for (const config of wanted.values()) this.add(config);
  }

  versionServed(endpoint: string, model: string, version: number): void {
    for (const monitor of this.watching(endpoint)) monitor.serve(model, version, this.deps.clock.now());
  }

  dispose(): void {
    this.predictions.dispose();
    for (const [name, monitor] of this.monitors) this.remove(name, monitor);
  }

  private accept(batch: PredictionBatch): void {
    this.repository.append(batch).catch((cause: unknown) => {
      this.deps.warn(`${batch.records.length} predictions of ${batch.endpoint} were not kept`, cause);
    });
    for (const monitor of this.watching(batch.endpoint)) monitor.accept(batch);
  }

  private watching(endpoint: string): Monitor[] {
    return [...this.monitors.values()].filter(({ config }) => config.endpoint === endpoint);
  }

  private add(config: MonitorConfig): void {
    const { clock, warn } = this.deps;
    const { repository, references } = this;
    const changed = (monitor: Monitor) => this.tell(monitor);
    const monitor = new Monitor(config, { clock, repository, references, changed, warn });
    this.monitors.set(config.name, monitor);
    this.tell(monitor);
  }

  private remove(name: string, monitor: Monitor): void {
    monitor.dispose();
    this.monitors.delete(name);
  }

  private tell(monitor: Monitor): void {
    this.events.emit({ type: 'monitoring/monitor', monitor: monitor.summary() });
    this.events.emit({ type: 'monitor/report', report: monitor.report() });
  }
}

function isSame(one: MonitorConfig, other: MonitorConfig | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
