import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from '../../../daemon/store/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = new TempWorkspace();
  const file = workspace.path('store.db');
  store = new Store({ file, migrations: [], backups: workspace.path('backups'), clock: new VirtualClock() });
});
afterEach(async () => {
  await store.dispose();
  workspace.dispose();
});

const NORMAL = 1;
const FULL = 2;

it('syncs durable writes to the disk, and only those', async () => {
  const mode = () => store.db.pragma('synchronous', { simple: true });
  expect(await store.write(mode)).toBe(NORMAL);
  expect(await store.write(mode, { durable: true })).toBe(FULL);
  expect(await store.write(mode)).toBe(NORMAL);
  const together = [store.write(mode), store.write(mode, { durable: true })];
  expect(await Promise.all(together)).toEqual([FULL, FULL]);
});
