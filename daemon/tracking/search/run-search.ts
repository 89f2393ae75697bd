import { experimentNo } from '../experiments/experiments.ts';
import type { FamilyRepository } from '../family/repository.ts';
import type { FoundRuns, GroupQuery, RunGroup, RunQuery, WrittenRun } from '../records.ts';
import type { PageStart } from './page-token.ts';
import { readPageToken, writePageToken } from './page-token.ts';
import type { Wanted } from './plan.ts';
import { goesOnBehind, mayReadAll, planOf } from './plan.ts';
import type { Range, RunSearchRepository, Selection } from './repository.ts';
import type { WrittenRuns } from './written/written-runs.ts';

/** What needs more looks at runs, their values and keys is searched on a thread of its own. */
const FEW_LOOKS = 20_000;
/** So many runs are walked in passing. */
const FEW_RUNS = 5_000;
/** So many characters of patterns, each of which may be held against each of a long text. */
const FEW_CHARS = 50_000;
/** So many runs are read at once: the daemon does other things between two such pieces of a long page. */
const PIECE = 50;

/** Finds pages of runs by any filter, in any order. */
export class RunSearch {
  private readonly repository: RunSearchRepository;
  private readonly family: FamilyRepository;
  private readonly written: WrittenRuns;

  constructor(repository: RunSearchRepository, family: FamilyRepository, written: WrittenRuns) {
    this.repository = repository;
    this.family = family;
    this.written = written;
  }

  async find(query: RunQuery): Promise<FoundRuns> {
    const { limit, orders = [], count = false } = query;
    const start = readPageToken(query.page_token);
    const after = goesOnBehind(orders) ? start.after : undefined;
    const wanted = this.wanted(query, after);
    if (wanted.experimentNos?.length === 0) return { ...this.found([]), count: 0 };
    // one more tells whether another page follows
    const range = { limit: limit + 1, offset: after ? 0 : start.offset };
    const found = await this.collect(planOf(wanted), range);
    const counted = count ? { count: await this.count(wanted) } : {};
    if (found.length <= limit) return { ...this.found(found), ...counted };
    const page = found.slice(0, limit);
    return { ...this.found(page, this.nextPage(page, start, orders)), ...counted };
  }

  /** The largest come first; one more than asked for tells that there are others. */
  async groups(query: GroupQuery): Promise<RunGroup[]> {
    const wanted = this.wanted({ ...query, orders: [] }, undefined);
    const [selection] = wanted.experimentNos?.length === 0 ? [] : planOf(wanted);
    return selection ? this.repository.groups(selection, query.by, query.limit + 1) : [];
  }

  /** In whatever order, from whatever place. */
  private async count(wanted: Wanted): Promise<number> {
    const counts = planOf({ ...wanted, orders: [], after: undefined }).map((one) => this.repository.count(one));
    return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  }

  private found(runNos: readonly number[], next_page_token?: string): FoundRuns {
    return { total: runNos.length, next_page_token, pieces: () => this.pieces(runNos) };
  }

  private *pieces(runNos: readonly number[]): Generator<WrittenRun[]> {
    for (let at = 0; at < runNos.length; at += PIECE)
      yield this.written.read(runNos.slice(at, at + PIECE), runNos.length);
  }

  private wanted(query: RunQuery, after: PageStart['after']): Wanted {
    const { experiment_ids, which = 'active', parents, conditions = [], orders = [] } = query;
    const isByMetric = orders[0]?.kind === 'metric';
    const ids = experiment_ids ? [...new Set(experiment_ids.map(experimentNo))].filter((id) => id >= 0) : undefined;
    return {
      experimentNos: ids ?? (isByMetric ? this.repository.experimentNos() : undefined),
      which,
      // where nothing is nested, all are at the top
      parents: parents === null && !this.family.hasAny() ? undefined : parents,
      conditions,
      orders,
      after,
    };
  }

  /** From one selection after the other until the page is full. */
  private async collect(selections: readonly Selection[], { limit, offset }: Range): Promise<number[]> {
    const found: number[] = [];
    let skip = offset;
    for (const selection of selections) {
      const part = await this.read(selection, { limit: limit - found.length, offset: skip });
      found.push(...part);
      if (found.length >= limit) break;
      const isLast = selection === selections.at(-1);
      if (skip > 0 && !isLast) skip = part.length > 0 ? 0 : skip - (await this.repository.count(selection));
    }
    return found;
  }

  private read(selection: Selection, range: Range): number[] | Promise<number[]> {
    if (this.isLong(selection, range)) return this.repository.findLong(selection, range);
    return this.repository.find(selection, range);
  }

  private isLong(selection: Selection, { limit, offset }: Range): boolean {
    const runs = this.repository.runsAtMost();
    if (!mayReadAll(selection)) return Math.min(runs, limit + offset) > FEW_RUNS;
    const looks = runs * (1 + selection.conditions.length + selection.orders.length);
    return looks > FEW_LOOKS || runs * patternChars(selection) > FEW_CHARS;
  }

  private nextPage(runNos: readonly number[], start: PageStart, orders: RunQuery['orders']): string {
    const last = runNos.at(-1);
    const after = goesOnBehind(orders ?? []) && last !== undefined ? this.repository.momentOf(last) : undefined;
    return writePageToken({ offset: start.offset + runNos.length, after });
  }
}

function patternChars({ conditions }: Selection): number {
  return conditions.reduce((sum, one) => sum + (one.op === 'LIKE' || one.op === 'ILIKE' ? one.value.length : 0), 0);
}
