import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inventName } from '../../../daemon/tracking/runs/names.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
beforeEach(() => {
  room = openTracking();
});
afterEach(() => room.close());

describe('runs', () => {
  it('start as running, with a name that somebody can say', async () => {
    const run = await room.tracking.runs.start({ experiment_id: '0' });
    expect(run).toMatchObject({ state: 'running', started_at: room.clock.now(), ended_at: null });
    expect(run.name).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/);
    expect(run.experiment_name).toBe('Default');
  });

  it('have names that chance decides', () => {
    expect(inventName(() => 0)).toBe('agile-albatross-0');
    expect(inventName((below) => below - 1)).toBe('zesty-zebra-999');
  });

  it('end with a state and a time', async () => {
    const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
    await room.clock.advance(5000);
    const run = await room.tracking.runs.finish(run_id, 'failed');
    expect(run).toMatchObject({ state: 'failed', ended_at: run.started_at + 5000 });
  });

  it('are listed newest first, page by page, without gaps while new ones arrive', async () => {
    const start = async (name: string, started_at: number) =>
      room.tracking.runs.start({ experiment_id: '0', name, started_at });
    for (const [name, at] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ] as const)
      await start(name, at);
    const page = async (page_token?: string) => {
      const { pieces, next_page_token } = await room.tracking.runs.search({ limit: 2, page_token });
      return { names: [...pieces()].flat().map(({ name }) => name), next_page_token };
    };
    const first = await page();
    expect(first.names).toEqual(['d', 'c']);
    await start('newer', 9);
    const second = await page(first.next_page_token);
    expect(second).toEqual({ names: ['b', 'a'], next_page_token: undefined });
  });

  it('refuse a page token that is not theirs', async () => {
    const other = (text: string) => Buffer.from(text).toString('base64');
    for (const page_token of ['x', '!!', other('1.2.3'), other('{"offset":-1}'), other('{"offset":1,"after":{}}')]) {
      await expect(room.tracking.runs.search({ limit: 1, page_token })).rejects.toThrow(/page token/);
    }
  });

  it('belong to an experiment that is there and not deleted', async () => {
    const { runs, experiments } = room.tracking;
    await expect(runs.start({ experiment_id: '77' })).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await expect(runs.start({ experiment_id: "0' OR 1" })).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    const { experiment_id } = await experiments.create({ name: 'gone' });
    await experiments.delete(experiment_id);
    await expect(runs.start({ experiment_id })).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('experiments', () => {
  it('count their runs and know when the last one began', async () => {
    const { experiment_id } = await room.tracking.experiments.ensure('liga');
    await room.clock.advance(1000);
    await room.tracking.runs.start({ experiment_id });
    const removed = await room.tracking.runs.start({ experiment_id });
    await room.tracking.runs.delete(removed.run_id);
    const [found] = room.tracking.experiments.list();
    expect(found).toMatchObject({ name: 'liga', run_count: 1, updated_at: room.clock.now() });
  });

  it('are made once, however many ask at the same moment', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => room.tracking.experiments.ensure('liga')));
    expect(new Set(made.map(({ experiment_id }) => experiment_id)).size).toBe(1);
  });

  it('take their runs along when deleted and restored, and keep their name meanwhile', async () => {
    const { experiments, runs } = room.tracking;
    const { experiment_id } = await experiments.create({ name: 'liga' });
    const { run_id } = await runs.start({ experiment_id });
    await experiments.delete(experiment_id);
    expect(runs.get(run_id).deleted).toBe(true);
    await expect(experiments.delete(experiment_id)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await expect(experiments.create({ name: 'liga' })).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
    await experiments.restore(experiment_id);
    expect(runs.get(run_id).deleted).toBe(false);
  });
});
