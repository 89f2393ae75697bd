import { PRUNED_TAG, prunedStep } from '../../../schemas/pruned.ts';
import type { WorkState } from '../../../schemas/wire/common.ts';
import type { RunTablePage, TextColumn } from '../../../schemas/wire/run-table.ts';
import { Metric } from './metric.ts';
import { Numbers } from './numbers.ts';
import { Texts } from './texts.ts';

export interface Dataset {
  name: string;
  digest: string;
  context?: string;
}

/** All runs of an experiment, column by column. A run keeps its row; rows of runs that went are left empty. */
export class Runs {
  readonly ids: string[] = [];
  readonly names = new Texts();
  readonly states = new Texts();
  readonly users = new Texts();
  readonly started = new Numbers();
  readonly ended = new Numbers();
  readonly params = new Map<string, Texts>();
  readonly tags = new Map<string, Texts>();
  readonly metrics = new Map<string, Metric>();
  private readonly datasets = new Map<number, Dataset[]>();
  private readonly rowOf = new Map<string, number>();
  artifactRoot = '';

  get count(): number {
    return this.rowOf.size;
  }

  row(runId: string): number | undefined {
    return this.rowOf.get(runId);
  }

  /** In the order in which they came. */
  rows(): Uint32Array {
    return Uint32Array.from(this.rowOf.values());
  }

  state(row: number): WorkState {
    return (this.states.get(row) ?? 'pending') as WorkState;
  }

  /** of a trial that its sweep ended early: how far it had come */
  prunedStep(row: number): number | undefined {
    return this.state(row) === 'cancelled' ? prunedStep(this.tags.get(PRUNED_TAG)?.get(row)) : undefined;
  }

  datasetsOf(row: number): readonly Dataset[] {
    return this.datasets.get(row) ?? [];
  }

  /** What a page says of a run is all there is of it. */
  put(page: RunTablePage): void {
    this.artifactRoot = page.artifact_root;
    const rows = page.run_ids.map((id) => this.rowFor(id));
    rows.forEach((row, at) => {
      this.names.set(row, page.names[at]);
      this.states.set(row, page.states[at]);
      this.users.set(row, page.users[at]);
      this.started.set(row, page.started_at[at]);
      this.ended.set(row, page.ended_at[at] ?? undefined);
    });
    putTexts(this.params, page.params, rows);
    putTexts(this.tags, page.tags, rows);
    for (const column of page.metrics) entryOf(this.metrics, column.key, () => new Metric()).put(column, rows);
    this.putDatasets(page, rows);
  }

  remove(runIds: readonly string[]): void {
    for (const id of runIds) this.rowOf.delete(id);
  }

  private rowFor(id: string): number {
    const known = this.rowOf.get(id);
    if (known !== undefined) {
      this.empty(known);
      return known;
    }
    const row = this.ids.push(id) - 1;
    this.rowOf.set(id, row);
    return row;
  }

  /** Something of it may be gone, such as a tag. */
  private empty(row: number): void {
    for (const texts of [...this.params.values(), ...this.tags.values()]) texts.set(row, undefined);
    for (const metric of this.metrics.values()) metric.clear(row);
    this.datasets.delete(row);
  }

  private putDatasets({ datasets }: RunTablePage, rows: readonly number[]): void {
    datasets.at.forEach((place, index) => {
      const row = rows[place];
      if (row === undefined) return;
      const { [index]: name = '' } = datasets.name;
      const { [index]: digest = '' } = datasets.digest;
      const context = datasets.context[index] ?? undefined;
      this.datasets.set(row, [...this.datasetsOf(row), { name, digest, context }]);
    });
  }
}

function putTexts(into: Map<string, Texts>, columns: readonly TextColumn[], rows: readonly number[]): void {
  for (const { key, at, values } of columns) {
    const texts = entryOf(into, key, () => new Texts());
    values.forEach((value, index) => {
      const row = rows[at?.[index] ?? index];
      if (row !== undefined) texts.set(row, value);
    });
  }
}

function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
