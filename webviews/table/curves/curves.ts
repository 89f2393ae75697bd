import type { RunCurves } from '../../../schemas/wire/run-curves.ts';
import { outlineOf } from './outline.ts';

/** More than anybody has scrolled by lately; those that were read first are forgotten. */
const MOST_RUNS = 5000;

interface Kept {
  /** by metric; those that the run has no curve of are empty */
  outlines: Map<string, string>;
  isStale: boolean;
}

/** The curves of those runs that were looked at. */
export class Curves {
  private readonly kept = new Map<string, Kept>();
  /** by run, the metrics that an answer is awaited of */
  private readonly asked = new Map<string, ReadonlySet<string>>();

  outline(runId: string, key: string): string | undefined {
    return this.kept.get(runId)?.outlines.get(key);
  }

  /** What has to be read of these runs: `missing` is seen to be missing, the others have changed since. */
  wanted(runIds: readonly string[], keys: readonly string[]): { run_ids: string[]; missing: boolean } {
    if (keys.length === 0) return { run_ids: [], missing: false };
    const isMissing = (id: string) => keys.some((key) => this.outline(id, key) === undefined);
    const isAwaited = (id: string) => keys.every((key) => this.asked.get(id)?.has(key));
    const run_ids = runIds.filter((id) => !isAwaited(id) && (this.kept.get(id)?.isStale || isMissing(id)));
    return { run_ids, missing: run_ids.some(isMissing) };
  }

  ask(runIds: readonly string[], keys: readonly string[]): void {
    const all = new Set(keys);
    for (const id of runIds) this.asked.set(id, all);
  }

  /** What is not answered any more can be asked for again. */
  askAgain(): void {
    this.asked.clear();
  }

  put(runs: readonly RunCurves[]): void {
    for (const { run_id, series } of runs) {
      const outlines = new Map(this.kept.get(run_id)?.outlines);
      for (const key of this.asked.get(run_id) ?? []) outlines.set(key, '');
      // a single value has no shape
      for (const one of series) if (one.points.length > 1) outlines.set(one.key, outlineOf(one));
      this.kept.delete(run_id);
      // unless it changed while the answer was on its way
      this.kept.set(run_id, { outlines, isStale: !this.asked.delete(run_id) });
    }
    for (const id of this.kept.keys()) {
      if (this.kept.size <= MOST_RUNS) break;
      this.kept.delete(id);
    }
  }

  /** They have changed: what is known of them is shown until it is read anew. */
  changed(runIds: readonly string[]): void {
    for (const id of runIds) {
      this.asked.delete(id);
      const known = this.kept.get(id);
      if (known) known.isStale = true;
    }
  }
}
