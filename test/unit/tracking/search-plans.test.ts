import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planOf } from '../../../daemon/tracking/search/plan.ts';
import { RunSearchRepository } from '../../../daemon/tracking/search/repository.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
beforeAll(() => {
  room = openTracking();
});
afterAll(() => room.close());

/** How SQLite goes about the first statement of a search. */
function steps(order: string[], filter: string, experimentNos: number[] | undefined, parents?: string[]): string[] {
  const said: string[] = [];
  const { db } = room.store;
  const explaining = Object.assign(Object.create(db), {
    prepare: (text: string) => {
      const all = (...values: unknown[]) => {
        said.push(
          ...db
            .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
            .all(...values)
            .map(({ detail }) => detail),
        );
        return [];
      };
      return { pluck: () => ({ all }) };
    },
  });
  const repository = new RunSearchRepository(Object.assign(Object.create(room.store), { db: explaining }));
  const [first] = planOf({
    experimentNos,
    which: 'active',
    parents,
    conditions: parseFilter(filter, 'runs'),
    orders: parseOrder(order, 'runs'),
    after: undefined,
  });
  if (first) repository.find(first, { limit: 100, offset: 0 });
  return said;
}

describe('a list of runs', () => {
  it.each<[string, string[], string, number[] | undefined]>([
    ['newest first', [], '', [1]],
    ['of several experiments', [], '', [1, 2, 3]],
    ['of all', [], '', undefined],
    ['oldest first', ['start_time ASC'], '', [1]],
    ['by a metric', ['metrics.m DESC'], '', [1]],
    ['by a metric, of several experiments', ['metrics.m ASC'], '', [1, 2, 3]],
    ['by a metric, the best of those that are good', ['metrics.m DESC'], 'metrics.m > 0.5', [1]],
    ['newest first, of those that are good', [], "metrics.m > 0.5 AND params.p = 'x'", [1]],
  ])('%s is read in its order, and never sorted whole', (_what, order, filter, experiments) => {
    const all = steps(order, filter, experiments);
    expect(all.some((step) => /USING (COVERING )?INDEX (runs_|series_by_value)/.test(step))).toBe(true);
    expect(all.filter((step) => step === 'USE TEMP B-TREE FOR ORDER BY')).toEqual([]);
    expect(all.filter((step) => /^SCAN (?!r USING COVERING INDEX runs_newest|json_each)/.test(step))).toEqual([]);
  });

  it.each([[undefined], [[1]]])('that stand below some runs starts at these', (experiments) => {
    const all = steps(['start_time ASC'], '', experiments, ['a', 'b']);
    expect(all.join('\n')).toMatch(/SEARCH x USING COVERING INDEX children_of_run \(value=\?\)/);
    expect(all.filter((step) => /^(SCAN|SEARCH) r\b(?! USING INTEGER PRIMARY KEY)/.test(step))).toEqual([]);
  });

  it('by a metric within bounds reads only what is within', () => {
    const [first] = steps(['metrics.m DESC'], 'metrics.m > 0.5', [1]);
    expect(first).toContain('series_by_value (experiment_id=? AND key=? AND value>? AND value<?)');
  });
});
