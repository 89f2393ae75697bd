import type { Signal } from '@preact/signals';
import { signal } from '@preact/signals';

/** The runs that a person marked, by their ids. */
export class Selection {
  readonly ids: Signal<ReadonlySet<string>>;
  private from: string | undefined;

  constructor(ids: Iterable<string> = []) {
    this.ids = signal(new Set(ids));
  }

  toggle(id: string): void {
    const ids = new Set(this.ids.value);
    if (!ids.delete(id)) ids.add(id);
    this.ids.value = ids;
    this.from = id;
  }

  /** From the one that was marked last to this one, in the order of `all`. */
  extend(id: string, all: readonly string[]): void {
    const [at, from] = [all.indexOf(id), all.indexOf(this.from ?? id)];
    const range = from < 0 ? [id] : all.slice(Math.min(at, from), Math.max(at, from) + 1);
    this.ids.value = new Set([...this.ids.value, ...range]);
  }

  replace(ids: Iterable<string>): void {
    this.ids.value = new Set(ids);
  }

  has(ids: readonly string[]): boolean {
    return ids.every((id) => this.ids.value.has(id));
  }

  /** All of them are marked, or, when they are already, none. */
  toggleAll(ids: readonly string[]): void {
    const others = ids.length > 0 && this.has(ids) ? new Set(ids) : undefined;
    this.ids.value = others
      ? new Set([...this.ids.value].filter((id) => !others.has(id)))
      : new Set([...this.ids.value, ...ids]);
  }
}
