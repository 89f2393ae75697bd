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

/** With an experiment beside the default one, and a short way to begin runs, also below others. */
export async function openLiga() {
  const room = openTracking();
  const { experiments, runs } = room.tracking;
  return {
    ...room,
    liga: (await experiments.create({ name: 'liga' })).experiment_id,
    async newRun(name: string, parent?: string, experiment_id = '0') {
      const tags = parent === undefined ? [] : [{ key: PARENT, value: parent }];
      return (await runs.start({ experiment_id, name, tags })).run_id;
    },
  };
}
export type Liga = Awaited<ReturnType<typeof openLiga>>;

/** The tag that names the run above. */
export const PARENT = 'mlflow.parentRunId';
