import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from '../../../daemon/store/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { HISTORY, openStore, put } from './open-store.ts';

const COUNT_TO =
  'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT max(i) AS top FROM n';

let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = new TempWorkspace();
  store = openStore(workspace);
});
afterEach(async () => {
  await store.dispose();
  workspace.dispose();
});

it('reads what was acknowledged', async () => {
  await put(store, 'a', 1);
  expect(await store.readLong('SELECT name, value FROM numbers WHERE value = ?', 1)).toEqual([{ name: 'a', value: 1 }]);
});

it('goes on writing while a long read is under way', async () => {
  await store.readLong(COUNT_TO, 1); // the thread is there
  let done = false;
  const long = store.readLong<{ top: number }>(COUNT_TO, 2_000_000).finally(() => {
    done = true;
  });
  let writes = 0;
  while (!done) await put(store, `n${writes++}`, writes);
  expect(await long).toEqual([{ top: 2_000_000 }]);
  expect(writes).toBeGreaterThan(20);
});

it('gives each of several reads its own rows', async () => {
  const tops = [5, 3, 8];
  const rows = await Promise.all(tops.map((top) => store.readLong<{ top: number }>(COUNT_TO, top)));
  expect(rows.flat().map(({ top }) => top)).toEqual(tops);
});

it('cannot write', async () => {
  await expect(
    store.readLong("INSERT INTO numbers (name, value) VALUES ('x', 1) RETURNING name"),
  ).rejects.toMatchObject({
    code: 'STORE_READ_ONLY',
  });
});

it('tells a wrong query from a failing store, and reads on after it', async () => {
  await expect(store.readLong('SELECT * FROM nowhere')).rejects.toThrow('nowhere');
  expect(await store.readLong(COUNT_TO, 2)).toEqual([{ top: 2 }]);
});

it('lets nobody wait when the store closes', async () => {
  const waiting = expect(store.readLong(COUNT_TO, 300_000)).rejects.toThrow('closed');
  await store.dispose();
  await waiting;
  await expect(store.readLong(COUNT_TO, 1)).rejects.toThrow('closed');
});

it('ends what looks for patterns for too long, here and on the thread, and reads on after it', async () => {
  const file = workspace.path('store.db');
  const options = { file, migrations: HISTORY, backups: workspace.path('backups'), clock: new VirtualClock() };
  const impatient = new Store({ ...options, searchMs: { here: 50, long: 100 } });
  const patterns = COUNT_TO.replace('i < ?', 'i < ? AND CASE WHEN in_time() THEN TRUE END');
  const ended = expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE', hint: expect.stringContaining('pattern') });
  try {
    await expect(impatient.readLong(patterns, 1e9)).rejects.toEqual(ended);
    expect(() => impatient.db.prepare(patterns).all(1e9)).toThrow(ended);
    expect(await impatient.readLong(patterns, 5)).toEqual([{ top: 5 }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(impatient.db.prepare(patterns).all(5)).toEqual([{ top: 5 }]);
  } finally {
    await impatient.dispose();
  }
});
