import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedMetric, NewLoggedModel, TrackingChange } from '../../../daemon/tracking/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
let runId: string;
beforeEach(async () => {
  room = openTracking();
  runId = (await room.tracking.runs.start({ experiment_id: '0' })).run_id;
});
afterEach(() => room.close());

const create = async (model: Partial<NewLoggedModel> = {}) =>
  (await room.tracking.loggedModels.create({ experiment_id: '0', ...model })).model_id;
const get = (id: string) => room.tracking.loggedModels.get(id);
const point = (model_id: string, value: number, more: Partial<LoggedMetric> = {}): LoggedMetric => ({
  key: 'accuracy',
  value,
  step: 0,
  timestamp: 1000,
  model_id,
  ...more,
});

describe('a logged model', () => {
  it('is pending under a name of its own until its files are there', async () => {
    const params = [{ key: 'depth', value: '3' }];
    const id = await create({ source_run_id: runId, params, tags: [{ key: 'team', value: 'data' }] });
    const made = get(id);
    expect(id).toMatch(/^m-[0-9a-f]{32}$/);
    expect(made.name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(made).toMatchObject({
      experiment_id: '0',
      source_run_id: runId,
      status: 'pending',
      artifact_path: `0/models/${id}/artifacts`,
      params,
      tags: [{ key: 'team', value: 'data' }],
      metrics: [],
    });
    room.clock.advance(5);
    await room.tracking.loggedModels.finalize(id, 'ready');
    expect(get(id)).toMatchObject({ status: 'ready', updated_at: made.created_at + 5 });
  });

  it('has params that stay and tags that change', async () => {
    const id = await create({ name: 'forest' });
    const { loggedModels } = room.tracking;
    await loggedModels.logParams(id, [{ key: 'depth', value: '3' }]);
    await loggedModels.logParams(id, [{ key: 'depth', value: '3' }]);
    const refused = loggedModels.logParams(id, [
      { key: 'other', value: '1' },
      { key: 'depth', value: '4' },
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await loggedModels.setTag(id, { key: 'a', value: '1' });
    await loggedModels.setTags(id, [
      { key: 'a', value: '2' },
      { key: 'b', value: '1' },
    ]);
    await loggedModels.deleteTag(id, 'b');
    await expect(loggedModels.deleteTag(id, 'b')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(get(id)).toMatchObject({ params: [{ key: 'depth', value: '3' }], tags: [{ key: 'a', value: '2' }] });
  });

  it('is hidden once deleted, which can be said twice', async () => {
    const id = await create();
    await room.tracking.loggedModels.delete(id);
    await room.tracking.loggedModels.delete(id);
    expect(room.tracking.loggedModels.find(id)).toBeUndefined();
    expect(() => get(id)).toThrow(`Logged model with ID '${id}' not found.`);
    expect(room.tracking.loggedModels.get(id, { deleted: true }).deleted).toBe(true);
    await expect(room.tracking.loggedModels.delete('m-0')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('is refused in an experiment that is missing or deleted', async () => {
    await expect(create({ experiment_id: '99' })).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    const { experiment_id } = await room.tracking.experiments.create({ name: 'gone' });
    await room.tracking.experiments.delete(experiment_id);
    await expect(create({ experiment_id })).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('metrics of a logged model', () => {
  it('are kept for the model and for the run, with the dataset they were measured on', async () => {
    const id = await create();
    const dataset = { name: 'test', digest: 'd1' };
    await room.tracking.log.metric(runId, point(id, 0.5, { dataset }));
    await room.tracking.log.batch(runId, { metrics: [point(id, Number.NaN, { key: 'f1' }), point(id, 0.7)] });
    expect(get(id).metrics).toEqual([
      { ...point(id, 0.7), run_id: runId },
      { ...point(id, 0.5), run_id: runId, dataset },
      { ...point(id, Number.NaN, { key: 'f1' }), run_id: runId },
    ]);
    expect(room.tracking.runs.get(runId).metrics.map(({ key, value }) => [key, value])).toEqual([
      ['accuracy', 0.7],
      ['f1', 'NaN'],
    ]);
  });

  it('come also from points that the run has already, each once', async () => {
    const id = await create();
    await room.tracking.log.metric(runId, { ...point(id, 0.5), model_id: undefined });
    expect(get(id).metrics).toEqual([]);
    for (let again = 0; again < 2; again++) await room.tracking.log.batch(runId, { metrics: [point(id, 0.5)] });
    expect(get(id).metrics).toHaveLength(1);
  });

  it('are refused for a model that nobody knows, and then nothing of the batch is kept', async () => {
    const refused = room.tracking.log.batch(runId, {
      metrics: [{ ...point('m-0', 1), model_id: undefined }, point('m-0', 2)],
    });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(room.tracking.log.metric(runId, point('m-0', 2))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(room.tracking.runs.get(runId).metrics).toEqual([]);
  });

  it('tell of the model that it changed', async () => {
    const id = await create();
    const changes: TrackingChange[] = [];
    room.tracking.changes.on((change) => changes.push(change));
    await room.tracking.log.metric(runId, point(id, 0.5));
    expect(changes).toContainEqual({ type: 'model', model_id: id, experiment_id: '0' });
  });
});

describe('a list of very many', () => {
  it('is read a few at a time, and says whether more follow', async () => {
    await Promise.all(Array.from({ length: 120 }, () => create()));
    const all = { experiment_ids: ['0'], conditions: [], datasets: [], orders: [], offset: 0 };
    const { total, isMore, pieces } = room.tracking.loggedModels.page({ ...all, limit: 110 });
    expect([total, isMore]).toEqual([110, true]);
    const sizes = [...pieces].map(({ length }) => length);
    expect(sizes.reduce((sum, one) => sum + one)).toBe(110);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(room.tracking.loggedModels.page({ ...all, limit: 120 }).isMore).toBe(false);
  });
});
