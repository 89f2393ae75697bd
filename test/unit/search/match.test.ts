import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SearchedRun } from '../../../schemas/search/index.ts';
import { parseFilter, runFilter } from '../../../schemas/search/index.ts';
import { processorTime } from '../../support/processor-time.ts';
import type { TrackingRoom } from '../tracking/room.ts';
import { openTracking } from '../tracking/room.ts';
import type { KnownRun } from '../tracking/search-oracle.ts';
import { logRuns, queries } from '../tracking/search-runs.ts';

let room: TrackingRoom;
let known: KnownRun[];
beforeAll(async () => {
  room = openTracking();
  known = await logRuns(room.tracking);
});
afterAll(() => room.close());

function searched(run: KnownRun): SearchedRun {
  const attributes: Record<string, number | string | undefined> = {
    run_id: run.run_id,
    run_name: run.name,
    user_id: run.user,
    status: run.status,
    start_time: run.started_at,
    end_time: run.ended_at ?? undefined,
    artifact_uri: `mlflow-artifacts:/${run.experiment_id}/${run.run_id}/artifacts`,
  };
  const all = { metric: run.metrics, param: run.params, tag: run.tags, attribute: attributes };
  return { value: (kind, key) => all[kind][key], datasets: () => run.datasets };
}

it('a filter holds of the runs that the daemon finds by it, and of no others', async () => {
  await fc.assert(
    fc.asyncProperty(queries(known), async ({ conditions = [] }) => {
      const found = await room.tracking.runs.search({ conditions, which: 'all', limit: 1000 });
      const ids = [...found.pieces()].flat().map(({ run_id }) => run_id);
      const holds = runFilter(conditions);
      const matching = known.filter((run) => holds(searched(run))).map(({ run_id }) => run_id);
      expect(matching.sort()).toEqual(ids.sort());
    }),
    { numRuns: 400 },
  );
});

it.each([
  ['É%', 'école', true],
  ['é%', 'École', true],
  ['k', '\u212A', false],
  ['straße', 'STRASSE', false],
])('ILIKE %j of %j is as the daemon sees it: %s', (pattern, value, expected) => {
  const holds = runFilter(parseFilter(`params.p ILIKE '${pattern}'`, 'runs'));
  expect(holds({ value: () => value, datasets: () => [] })).toBe(expected);
});

it('a pattern with many wildcards takes no time', () => {
  const holds = runFilter(parseFilter(`params.p LIKE '${'%a'.repeat(200)}b'`, 'runs'));
  const spent = processorTime();
  expect(holds({ value: () => 'a'.repeat(5000), datasets: () => [] })).toBe(false);
  expect(spent()).toBeLessThan(1000);
});
