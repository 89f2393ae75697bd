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
  await createEndpointMemory(store).save(endpoint);
  await createEndpointMemory(store).save({ ...endpoint, port: 4321, running: false });
  await store.dispose();
  store = open();
  expect(createEndpointMemory(store).all()).toEqual([{ ...endpoint, port: 4321, running: false }]);
});
