import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const open = (upTo: number) =>
  new Store({
    file: workspace.path('store.db'),
    migrations: migrations.slice(0, upTo),
    backups: workspace.path('backups'),
    clock: new VirtualClock(),
  });

it('series of a store from before learn their extremes and their experiment', async () => {
  const before = open(5);
  before.db.exec(`
    INSERT INTO experiments (experiment_id, name, created_at, updated_at) VALUES (7, 'seven', 1, 1);
    INSERT INTO runs (run_no, run_id, experiment_id, name, state, user, started_at)
      VALUES (1, 'r', 7, 'n', 'running', 'u', 1);
    INSERT INTO series (series_no, run_no, key, total, step, timestamp, value)
      VALUES (1, 1, 'loss', 4, 3, 1, 0.5), (2, 1, 'nothing', 1, 0, 1, 'NaN');
    INSERT INTO points VALUES (1, 0, 1, 0.9), (1, 1, 1, 0.2), (1, 2, 1, 0.2), (1, 3, 1, 'NaN'), (2, 0, 1, 'NaN');
  `);
  await before.dispose();
  const after = open(6);
  const extremes = 'experiment_id, least, least_step, greatest, greatest_step';
  expect(after.db.prepare(`SELECT ${extremes} FROM series ORDER BY series_no`).all()).toEqual([
    { experiment_id: 7, least: 0.2, least_step: 1, greatest: 0.9, greatest_step: 0 },
    { experiment_id: 7, least: null, least_step: null, greatest: null, greatest_step: null },
  ]);
  await after.dispose();
});
