import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunTableColumns } from '../../../daemon/tracking/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';
import type { KnownRun } from './search-oracle.ts';
import { expected } from './search-oracle.ts';
import { logRuns } from './search-runs.ts';

let room: TrackingRoom;
let known: KnownRun[];
beforeAll(async () => {
  room = openTracking();
  known = await logRuns(room.tracking);
});
afterAll(() => room.close());

const activeOf = (experiment_id: string) => {
  const ids = expected(known, { experiment_ids: [experiment_id], which: 'active' });
  return ids.map((id) => known.find(({ run_id }) => run_id === id) as KnownRun);
};

function keysOf(columns: RunTableColumns['params'], place: number): Record<string, string> {
  const found = columns.flatMap(({ key, at, values }): [string, string][] => {
    const index = JSON.parse(at).indexOf(place);
    return index < 0 ? [] : [[key, JSON.parse(values)[index]]];
  });
  return Object.fromEntries(found);
}

describe('the table of an experiment', () => {
  it('has all its runs, newest first, whatever the pages, with all that they have', async () => {
    for (const experiment of new Set(known.map(({ experiment_id }) => experiment_id))) {
      const runs = activeOf(experiment);
      for (const limit of [1, 4, 1000]) {
        const seen: string[] = [];
        let token: string | undefined;
        do {
          const page = await room.tracking.table.page(experiment, limit, token);
          const ids: string[] = JSON.parse(page.runs.run_ids);
          for (const [place, id] of ids.entries()) {
            const run = runs.find(({ run_id }) => run_id === id);
            expect(keysOf(page.params, place)).toEqual(run?.params);
            expect(keysOf(page.tags, place)).toEqual(run?.tags);
          }
          seen.push(...ids);
          token = page.next_page_token;
        } while (token);
        expect(seen).toEqual(runs.map(({ run_id }) => run_id));
      }
    }
  });

  it('tells the last, the least and the greatest value of metrics, and where', async () => {
    const { experiment_id } = await room.tracking.experiments.ensure('measured');
    const { run_id } = await room.tracking.runs.start({ experiment_id, name: 'r' });
    const values = [3, 1, Number.NaN, 9, Number.POSITIVE_INFINITY, 2.5];
    const metrics = values.map((value, step) => ({ key: 'm', value, step, timestamp: step }));
    await room.tracking.log.batch(run_id, { metrics: [...metrics, { key: 'once', value: 1, step: 7, timestamp: 1 }] });
    const { metrics: columns } = await room.tracking.table.some(experiment_id, [run_id, 'unknown']);
    expect(columns.map(({ key }) => key)).toEqual(['m', 'once']);
    expect(columns[0]).toMatchObject({ last: '[2.5]', step: '[5]', long_at: '[0]', least: '[1.0]', least_step: '[1]' });
    expect(columns[0]).toMatchObject({ greatest: '["Infinity"]', greatest_step: '[4]' });
    expect(columns[1]).toMatchObject({ last: '[1.0]', long_count: 0 });
  });

  it('leaves out what is deleted or of another experiment', async () => {
    const { experiment_id } = await room.tracking.experiments.ensure('some');
    const { run_id } = await room.tracking.runs.start({ experiment_id, name: 'r' });
    const gone = await room.tracking.runs.start({ experiment_id, name: 'gone' });
    await room.tracking.runs.delete(gone.run_id);
    const other = known[0]?.run_id ?? '';
    const { runs } = await room.tracking.table.some(experiment_id, [run_id, gone.run_id, other]);
    expect(JSON.parse(runs.run_ids)).toEqual([run_id]);
    await expect(room.tracking.table.page('4711', 10, undefined)).rejects.toThrow('No Experiment with id=4711 exists');
  });
});
