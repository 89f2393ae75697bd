import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEndpointMemory } from '../../../daemon/serving/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let workspace: TempWorkspace;
let store: Store;

const open = () =>
  new Store({
    file: workspace.path('store.db'),
    migrations,
    backups: join(workspace.folder, 'b'),
    clock: new VirtualClock(),
  });

const memory = (folder = 'here') => createEndpointMemory(store, (...words) => [folder, ...words].join());

beforeEach(() => {
  workspace = new TempWorkspace();
  store = open();
});

afterEach(async () => {
  await store.dispose();
  workspace.dispose();
});

test('an endpoint is remembered across daemons, in its newest state', async () => {
  const endpoint = { name: 'a', model_ref: 'm@production', port: 1234, token: 't', running: true };
  await memory().save(endpoint);
  await memory().save({ ...endpoint, port: 4321, running: false });
  await store.dispose();
  store = open();
  expect(memory().all()).toEqual([{ ...endpoint, port: 4321, running: false }]);
});

test('one that was written elsewhere, or changed there, counts as none', async () => {
  const endpoint = { name: 'a', model_ref: 'm@production', port: 1234, token: 't', running: true };
  await memory('elsewhere').save(endpoint);
  expect(memory().all()).toEqual([]);
  await memory().save(endpoint);
  expect(memory().all()).toHaveLength(1);
  store.db.exec("UPDATE endpoints SET model_ref = 'hostile@production'");
  expect(memory().all()).toEqual([]);
});
