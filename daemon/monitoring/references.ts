import type { ReferenceColumns } from '../../schemas/model.ts';
import { kindOf, prepareColumn } from './columns/prepare.ts';
import type { Columns } from './report.ts';

/** A few endpoints with a version each; older ones are read again when asked for. */
const KEPT = 8;

/** What each version is compared with, read and sorted once. */
export class References {
  private readonly read: (model: string, version: number) => Promise<ReferenceColumns | null>;
  private readonly cache = new Map<string, Promise<Columns | null>>();

  constructor(read: (model: string, version: number) => Promise<ReferenceColumns | null>) {
    this.read = read;
  }

  get(model: string, version: number): Promise<Columns | null> {
    const key = `${version} ${model}`;
    const known = this.cache.get(key);
    if (known) return known;
    const prepared = this.prepare(model, version);
    this.cache.set(key, prepared);
    // a failure may pass: the next report asks again
    prepared.catch(() => this.cache.delete(key));
    const oldest = this.cache.keys().next().value;
    if (this.cache.size > KEPT && oldest !== undefined) this.cache.delete(oldest);
    return prepared;
  }

  private async prepare(model: string, version: number): Promise<Columns | null> {
    const reference = await this.read(model, version);
    if (!reference) return null;
    const columns = Object.entries(reference.columns);
    return new Map(columns.map(([name, values]) => [name, prepareColumn(kindOf(values), values)] as const));
  }
}
