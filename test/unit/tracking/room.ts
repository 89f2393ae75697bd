import type { StoreOptions } from '../../../daemon/store/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** The room over a real store in a temporary folder. */
export function openTracking(options: Partial<StoreOptions> = {}) {
  const workspace = new TempWorkspace();
  const clock = new VirtualClock();
  const file = workspace.path('store.db');
  const store = new Store({ file, migrations, backups: workspace.path('backups'), clock, ...options });
  return {
    store,
    clock,
    tracking: createTracking({ store, clock }),
    async close() {
      await store.dispose();
      workspace.dispose();
    },
  };
}
export type TrackingRoom = ReturnType<typeof openTracking>;
