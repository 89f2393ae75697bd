import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('a store from before', () => {
  it('learns of its series their extremes and their experiment', async () => {
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

  it('learns which of its runs are nested', async () => {
    const before = open(20);
    before.db.exec(`
      INSERT INTO experiments (experiment_id, name, created_at, updated_at) VALUES (7, 'seven', 1, 1);
      INSERT INTO runs (run_no, run_id, experiment_id, name, state, user, started_at, deleted_at) VALUES
        (1, 'a', 7, 'n', 'running', 'u', 1, NULL), (2, 'b', 7, 'n', 'running', 'u', 1, NULL),
        (3, 'c', 7, 'n', 'running', 'u', 1, 5), (4, 'd', 7, 'n', 'running', 'u', 1, NULL);
      INSERT INTO tags (run_no, key, value) VALUES
        (2, 'mlflow.parentRunId', 'a'), (3, 'mlflow.parentRunId', 'a'), (4, 'mlflow.parentRunId', 'c');
    `);
    await before.dispose();
    const after = open(21);
    expect(after.db.prepare('SELECT below FROM runs ORDER BY run_no').pluck().all()).toEqual([0, 1, 1, 0]);
    expect(after.db.prepare('SELECT active_runs, nested_runs FROM experiments WHERE experiment_id = 7').get()).toEqual({
      active_runs: 3,
      nested_runs: 1,
    });
    await after.dispose();
  });
});
