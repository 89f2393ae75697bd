import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunQuery } from '../../../daemon/tracking/index.ts';
import type { Condition, Order } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';
import type { KnownRun } from './search-oracle.ts';
import { expected } from './search-oracle.ts';
import { logRuns, queries } from './search-runs.ts';

let room: TrackingRoom;
let known: KnownRun[];
beforeAll(async () => {
  room = openTracking();
  known = await logRuns(room.tracking);
});
afterAll(() => room.close());

async function allPages(query: RunQuery): Promise<string[]> {
  const ids: string[] = [];
  let page_token: string | undefined;
  do {
    const page = await room.tracking.runs.search({ ...query, page_token });
    const found = [...page.pieces()].flat().map(({ run_id }) => run_id);
    expect(found.length).toBe(page.total);
    expect(found.length).toBeLessThanOrEqual(query.limit);
    ids.push(...found);
    page_token = page.next_page_token;
  } while (page_token && ids.length <= known.length);
  return ids;
}

const find = (filter: string, order: string[] = []) => {
  const conditions: Condition[] = parseFilter(filter, 'runs');
  const orders: Order[] = parseOrder(order, 'runs');
  return { conditions, orders, which: 'active' as const };
};

describe('a search of runs', () => {
  it('finds what a look at each run finds, in that order, whatever the pages', async () => {
    await fc.assert(
      fc.asyncProperty(queries(known), async (query) => {
        expect(await allPages(query)).toEqual(expected(known, query));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a = b, of a metric', 'metrics.m = 1'],
    ['NaN only differs', 'metrics.m != 1'],
    ['NaN is not greater', 'metrics.m > -1e300'],
    ['a key that is missing differs from nothing', "params.p != 'x'"],
    ['case minds', "params.p LIKE 'A%'"],
    ['or not', "params.p ILIKE 'A%'"],
    ['signs of GLOB are signs', "params.p LIKE '[x]'"],
    ['a star stands for itself', "tags.t LIKE '*_'"],
    ['so does a question mark', "params.p LIKE '?'"],
    ['the name is a tag, too', "tags.mlflow.runName LIKE 'r%'"],
    ['a name that no run lacks', 'tags.`mlflow.runName` IS NULL'],
    ['children of a run', "tags.mlflow.parentRunId = 'parent-1'"],
    ['datasets', "datasets.name = 'd1' AND datasets.context != 'test'"],
  ])('%s: %s', async (_what, filter) => {
    for (const order of [[], ['metrics.m DESC', 'params.p']]) {
      const query = find(filter, order);
      expect(await allPages({ ...query, limit: 7 })).toEqual(expected(known, query));
    }
  });

  it('puts NaN and then what has no value last, in both directions', async () => {
    for (const direction of ['ASC', 'DESC']) {
      const ids = await allPages({ ...find('', [`metrics.m ${direction}`]), limit: 3 });
      const kinds = ids.map((id) => kindOf(known.find(({ run_id }) => run_id === id)?.metrics.m));
      expect(kinds).toEqual(kinds.toSorted());
      expect(new Set(kinds)).toEqual(new Set(['1 number', '2 NaN', '3 nothing']));
    }
  });

  it('of experiments that are not there finds nothing', async () => {
    expect(await allPages({ experiment_ids: [], limit: 5 })).toEqual([]);
    expect(await allPages({ experiment_ids: ['777', 'x', "0' OR 1"], limit: 5 })).toEqual([]);
  });

  it('writes metrics, params and tags as they go over the wire, by key', async () => {
    const { pieces } = await room.tracking.runs.search({ which: 'all', limit: 1000 });
    for (const run of [...pieces()].flat()) {
      const { metrics, params, tags, deleted } = room.tracking.runs.get(run.run_id);
      const read = [JSON.parse(run.metrics), JSON.parse(run.params), JSON.parse(run.tags), run.deleted];
      expect(read).toEqual([metrics, params, tags, deleted]);
    }
  });
});

function kindOf(value: number | undefined): string {
  if (value === undefined) return '3 nothing';
  return Number.isNaN(value) ? '2 NaN' : '1 number';
}
