import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WrittenRunRepository } from '../../../daemon/tracking/search/written/repository.ts';
import { WrittenRuns } from '../../../daemon/tracking/search/written/written-runs.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

const RUNS = 30;
let room: TrackingRoom;
let nos: number[];
beforeEach(async () => {
  room = openTracking();
  nos = [];
  for (let index = 0; index < RUNS; index++) {
    const { run_id } = await room.tracking.runs.start({ experiment_id: '0', name: `run ${index}` });
    await room.tracking.log.batch(run_id, { params: [{ key: 'p', value: `${index}` }] });
    nos.push(index + 1);
  }
});
afterEach(() => room.close());

/** Tells which runs are read from the store. */
class CountingRepository extends WrittenRunRepository {
  readonly asked: number[] = [];

  override texts(runNos: readonly number[]) {
    this.asked.push(...runNos);
    return super.texts(runNos);
  }
}

function remembering(chars: number) {
  const repository = new CountingRepository(room.store.db);
  return { repository, written: new WrittenRuns(repository, room.tracking.changes, chars) };
}
const params = (runs: { params: string }[]) => runs.map((run) => JSON.parse(run.params)[0].value);
const everyone = Array.from({ length: RUNS }, (_, index) => `${index}`);

describe('runs of lists', () => {
  it('are read once, and again when something of them changed', async () => {
    const { repository, written } = remembering(1e6);
    for (const _time of [1, 2, 3]) expect(params(written.read(nos, RUNS))).toEqual(everyone);
    expect(repository.asked).toEqual(nos);
    const [first] = written.read([1], 1);
    await room.tracking.log.batch(first?.run_id ?? '', { tags: [{ key: 't', value: 'new' }] });
    expect(written.read([2, 1], 2).map(({ tags }) => tags)).toEqual(['[]', '[{"key":"t","value":"new"}]']);
    expect(repository.asked).toEqual([...nos, 1]);
  });

  it('are right while they are brought from another store, which may break off at any moment', async () => {
    const { written } = remembering(1e6);
    const { adoption } = room.tracking;
    const run = {
      run_id: 'f'.repeat(32),
      experiment_id: '0',
      name: 'r',
      user: '',
      state: 'running',
      started_at: 1,
    } as const;
    const more = { ended_at: null, tags: [], datasets: [], input_models: [], output_models: [] };
    await adoption.run({ ...run, ...more, params: [] });
    const read = () => written.read([RUNS + 1], 1)[0];
    expect(read()).toMatchObject({ params: '[]', metrics: '[]' });
    await adoption.run({ ...run, ...more, params: [{ key: 'p', value: 'x' }] });
    expect(read()?.params).toBe('[{"key":"p","value":"x"}]');
    await adoption.points(run.run_id, [{ key: 'm', value: 1, step: 0, timestamp: 0 }]);
    expect(read()?.metrics).toContain('"key":"m"');
  });

  it.each([0, 1, 100, 500])('are the same when little is remembered: %i characters', (chars) => {
    const { written } = remembering(chars);
    for (const order of [nos, nos.toReversed(), nos.filter((no) => no % 3 === 0)]) {
      const wanted = order.map((no) => `${no - 1}`);
      expect(params(written.read(order, order.length))).toEqual(wanted);
      expect(params(written.read(order, 10_000))).toEqual(wanted);
    }
  });

  it('of a long list push out nothing that was remembered', () => {
    const { repository, written } = remembering(200);
    written.read([1, 2, 3], 3);
    written.read(nos, 10_000);
    repository.asked.length = 0;
    written.read([1, 2, 3], 3);
    expect(repository.asked).toEqual([]);
  });

  it('that are gone are left out', () => {
    expect(
      remembering(1e6)
        .written.read([5, 999, 1], 3)
        .map(({ name }) => name),
    ).toEqual(['run 4', 'run 0']);
  });
});
