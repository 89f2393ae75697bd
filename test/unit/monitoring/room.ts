import { join } from 'node:path';
import { Emitter } from '../../../daemon/base/emitter.ts';
import { seededRandom } from '../../../daemon/base/random.ts';
import type { MonitorConfig, Monitoring, PredictionBatch } from '../../../daemon/monitoring/index.ts';
import { createMonitoring, PREDICTIONS_MIGRATIONS } from '../../../daemon/monitoring/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import type { ReferenceColumns } from '../../../schemas/model.ts';
import type { DriftReport } from '../../../schemas/wire/monitoring.ts';
import type { FeatureRecord } from '../../../schemas/wire/serving.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

export const CONFIG: MonitorConfig = {
  name: 'outcome-drift',
  endpoint: 'match-outcome',
  last: 200,
  everyMs: 1000,
  test: 'auto',
  threshold: 0.1,
  columns: null,
};

/** A monitoring room on real files, with a clock that the test moves. */
export class Room {
  readonly clock = new VirtualClock();
  readonly predictions = new Emitter<PredictionBatch>();
  readonly workspace = new TempWorkspace();
  readonly warnings: string[] = [];
  readonly reports: DriftReport[] = [];
  configs: MonitorConfig[];
  references = new Map<number, ReferenceColumns | null | Error>([[1, reference(1)]]);
  readReferences = 0;
  store: Store;
  monitoring: Monitoring;
  private readonly keepRows: number;

  constructor({ configs = [CONFIG], keepRows = 1000 } = {}) {
    this.configs = configs;
    this.keepRows = keepRows;
    this.store = this.openStore();
    this.monitoring = this.openRoom();
  }

  /** As after the end of the daemon. */
  async restart(): Promise<void> {
    await this.close();
    this.store = this.openStore();
    this.monitoring = this.openRoom();
  }

  ask(
    records: readonly FeatureRecord[],
    { endpoint = 'match-outcome', version = 1, at = this.clock.now() } = {},
  ): void {
    const labels = records.map(() => 'home');
    this.predictions.emit({ endpoint, model: 'match-outcome', version, records, labels, at });
  }

  /** Lets time pass until a report is told, and answers it. */
  async reportAfter(ms: number): Promise<DriftReport> {
    const told = new Promise<DriftReport>((resolve) => {
      const listening = this.monitoring.events.on((event) => {
        if (event.type !== 'monitor/report') return;
        listening.dispose();
        resolve(event.report);
      });
    });
    await this.clock.advance(ms);
    return told;
  }

  rowsInLog(endpoint = 'match-outcome'): number {
    return Number(this.store.db.prepare('SELECT count(*) FROM predictions WHERE endpoint = ?').pluck().get(endpoint));
  }

  async close(): Promise<void> {
    await this.monitoring.dispose();
    await this.store.dispose();
  }

  async dispose(): Promise<void> {
    await this.close();
    this.workspace.dispose();
  }

  private openStore(): Store {
    const file = this.workspace.path('predictions.db');
    const backups = join(this.workspace.folder, 'backups');
    return new Store({ file, migrations: PREDICTIONS_MIGRATIONS, backups, clock: this.clock });
  }

  private openRoom(): Monitoring {
    const room = createMonitoring({
      clock: this.clock,
      store: this.store,
      configured: () => this.configs,
      onPredictions: (listener) => this.predictions.on(listener),
      reference: (_, version) => this.read(version),
      warn: (message) => void this.warnings.push(message),
      keepRows: this.keepRows,
    });
    room.events.on((event) => {
      if (event.type === 'monitor/report') this.reports.push(event.report);
    });
    return room;
  }

  private async read(version: number): Promise<ReferenceColumns | null> {
    this.readReferences++;
    const found = this.references.get(version) ?? null;
    if (found instanceof Error) throw found;
    return found;
  }
}

/** Requests like the training data, or with `form` moved. */
export function requests(count: number, { seed = 1, shift = 0 } = {}): FeatureRecord[] {
  const next = seededRandom(seed);
  return Array.from({ length: count }, () => ({
    form: next() + shift,
    rest: next() * 10,
    league: next() < 0.5 ? 'north' : 'south',
  }));
}

export function reference(seed: number, shift = 0): ReferenceColumns {
  const rows = requests(1000, { seed: seed + 1000, shift });
  const column = (name: string) => rows.map((row) => row[name] as number | string);
  return { rows: rows.length, columns: { form: column('form'), rest: column('rest'), league: column('league') } };
}
