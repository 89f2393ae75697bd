import { toNumber } from '../../../schemas/panels/series.ts';
import type { MetricNumber } from '../../../schemas/wire/common.ts';
import type { MetricColumn } from '../../../schemas/wire/run-table.ts';
import { Numbers } from './numbers.ts';

type ExtremeName = 'least' | 'leastStep' | 'greatest' | 'greatestStep';

/** One metric of all runs. Its extremes need room only where a run logged it more than once. */
export class Metric {
  readonly last = new Numbers();
  private readonly step = new Numbers();
  private readonly extremes = new Map<ExtremeName, Numbers>();

  /** Whether some run logged it more than once: only then its extremes say more than its last value. */
  get isSeries(): boolean {
    return this.extremes.size > 0;
  }

  /** `rows` are those of the page's runs. */
  put({ at, last, step, long }: MetricColumn, rows: readonly number[]): void {
    last.forEach((value, index) => {
      const row = rows[at?.[index] ?? index];
      if (row === undefined) return;
      this.clear(row);
      this.last.set(row, toNumber(value));
      this.step.set(row, step[index]);
    });
    long?.at.forEach((place, index) => {
      const row = rows[place];
      if (row === undefined) return;
      this.column('least').set(row, finite(long.least[index]));
      this.column('leastStep').set(row, long.least_step[index] ?? undefined);
      this.column('greatest').set(row, finite(long.greatest[index]));
      this.column('greatestStep').set(row, long.greatest_step[index] ?? undefined);
    });
  }

  clear(row: number): void {
    this.last.set(row, undefined);
    for (const column of this.extremes.values()) column.set(row, undefined);
  }

  extreme(row: number, which: 'least' | 'greatest'): number | undefined {
    return this.extremes.get(which)?.get(row) ?? this.last.get(row);
  }

  extremeStep(row: number, which: 'least' | 'greatest'): number | undefined {
    if (this.last.get(row) === undefined) return undefined;
    return this.extremes.get(which === 'least' ? 'leastStep' : 'greatestStep')?.get(row) ?? this.step.get(row);
  }

  private column(name: ExtremeName): Numbers {
    const known = this.extremes.get(name);
    if (known) return known;
    const made = new Numbers();
    this.extremes.set(name, made);
    return made;
  }
}

/** A series without a number has no extremes: NaN says so, as its last value does. */
function finite(value: MetricNumber | null | undefined): number {
  return value === null || value === undefined ? Number.NaN : toNumber(value);
}
