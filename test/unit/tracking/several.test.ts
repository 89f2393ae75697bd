import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackingChange } from '../../../daemon/tracking/index.ts';
import type { Liga } from './room.ts';
import { openLiga } from './room.ts';

let room: Liga;
beforeEach(async () => {
  room = await openLiga();
});
afterEach(() => room.close());

const names = async (query: Parameters<typeof room.tracking.runs.search>[0]) => {
  const { pieces } = await room.tracking.runs.search(query);
  return [...pieces()].flat().map(({ name }) => name);
};
const top = (experiment = '0') => names({ experiment_ids: [experiment], parents: null, limit: 100 });
const below = (parent: string, experiment = '0') =>
  names({ experiment_ids: [experiment], parents: [parent], limit: 100 });

describe('nested runs', () => {
  it('stand below their parent, those of nobody who is there at the top', async () => {
    const sweep = await room.newRun('sweep');
    const trial = await room.newRun('trial', sweep);
    await room.newRun('fold', trial);
    await room.newRun('orphan', 'nobody');
    const elsewhere = await room.newRun('elsewhere', undefined, room.liga);
    await room.newRun('stray', elsewhere);
    expect((await top()).sort()).toEqual(['orphan', 'stray', 'sweep']);
    expect(await below(sweep)).toEqual(['trial']);
    expect(await below(elsewhere)).toEqual([]);
    expect(room.tracking.family.ofRun(trial)).toEqual({ parent_run_id: sweep, children: 1 });
    expect(room.tracking.family.ofRun(elsewhere)).toEqual({});
    await room.tracking.runs.delete(trial);
    expect(room.tracking.family.ofRun(sweep)).toEqual({});
    expect((await top()).sort()).toEqual(['fold', 'orphan', 'stray', 'sweep']);
  });

  it('are counted on all pages, in pages of any size', async () => {
    const sweep = await room.newRun('sweep');
    for (const name of ['a', 'b', 'c']) await room.newRun(name, sweep);
    const { count, total } = await room.tracking.runs.search({ parents: [sweep], limit: 2, count: true });
    expect([count, total]).toEqual([3, 2]);
  });
});

describe('several runs at once', () => {
  it('go with what stands below them, and come back as they were', async () => {
    const sweep = await room.newRun('sweep');
    const trial = await room.newRun('trial', sweep);
    const before = await room.newRun('deleted before', sweep);
    await room.tracking.runs.delete(before);
    const gone = await room.tracking.several.delete([sweep], { nested: true });
    expect(gone).toEqual([sweep, trial]);
    expect(await top()).toEqual([]);
    await room.tracking.several.restore(gone);
    expect(await below(sweep)).toEqual(['trial']);
  });

  it('that are still running can be deleted: what their scripts log is refused, and they end all the same', async () => {
    const run = await room.newRun('busy');
    await room.tracking.several.delete([run], { nested: false });
    const point = { key: 'f1', value: 1, step: 0, timestamp: 0 };
    await expect(room.tracking.log.metric(run, point)).rejects.toThrow(/Current state is deleted/);
    await room.tracking.runs.finish(run, 'cancelled');
    await room.tracking.several.restore([run]);
    expect(room.tracking.runs.get(run)).toMatchObject({ state: 'cancelled', deleted: false });
  });

  it('are all deleted, or none', async () => {
    const run = await room.newRun('run');
    await expect(room.tracking.several.delete([run, 'nobody'], { nested: false })).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
    expect(await top()).toEqual(['run']);
  });

  it('get a tag together, and lose it', async () => {
    const runs = [await room.newRun('a'), await room.newRun('b')];
    const tags = () => runs.map((run) => room.tracking.runs.get(run).tags.map(({ key, value }) => `${key}=${value}`));
    await room.tracking.several.setTag(runs, { key: 'stage', value: 'ok' });
    expect(tags()).toEqual([['stage=ok'], ['stage=ok']]);
    await room.tracking.several.deleteTag(runs, 'stage');
    expect(tags()).toEqual([[], []]);
    await room.tracking.runs.delete(runs[0] ?? '');
    await expect(room.tracking.several.setTag(runs, { key: 'x', value: '' })).rejects.toThrow('a is deleted');
  });
});

describe('very many runs', () => {
  const newRuns = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => room.newRun(`run ${at}`)));

  it('let others in between, who are answered long before the last of them', async () => {
    const runs = await newRuns(450);
    const other = await room.newRun('other');
    const moving = room.tracking.several.move(runs, room.liga);
    const begun = () => room.tracking.experiments.get(room.liga).run_count > 0;
    while (!begun()) await setImmediate();
    await room.tracking.log.metric(other, { key: 'f1', value: 1, step: 0, timestamp: 0 });
    expect(room.tracking.experiments.get(room.liga).run_count).toBeLessThan(450);
    expect(await moving).toBe(450);
    expect(room.tracking.experiments.get('0').run_count).toBe(1);
  });

  it('are finished by asking again when they were interrupted', async () => {
    const runs = await newRuns(250);
    expect(await room.tracking.several.delete(runs.slice(0, 100), { nested: true })).toHaveLength(100);
    expect(await room.tracking.several.delete(runs, { nested: true })).toEqual(runs.slice(100));
    await room.tracking.several.restore(runs);
    expect(room.tracking.experiments.get('0').run_count).toBe(250);
  });

  it('stay as they are when one of them is not there', async () => {
    const runs = await newRuns(250);
    await expect(room.tracking.several.setTag([...runs, 'nobody'], { key: 'a', value: 'b' })).rejects.toThrow('nobody');
    expect(room.tracking.runs.get(runs[0] ?? '').tags).toEqual([]);
  });
});

describe('a run that moves', () => {
  it('takes along what stands below it, its metrics and its datasets, and tells both experiments', async () => {
    const sweep = await room.newRun('sweep');
    const trial = await room.newRun('trial', sweep);
    await room.tracking.log.metric(trial, { key: 'f1', value: 0.5, step: 0, timestamp: 0 });
    const dataset = { name: 'train', digest: '1', source_type: 'local', source: '{}' };
    await room.tracking.inputs.log(trial, [{ dataset, context: 'training', tags: [] }], []);
    const changes: TrackingChange[] = [];
    room.tracking.changes.on((change) => changes.push(change));

    expect(await room.tracking.several.move([sweep], room.liga)).toBe(2);
    expect(changes).toEqual([
      { type: 'experiment', experiment_id: '0' },
      { type: 'run', run_id: sweep, experiment_id: room.liga },
      { type: 'experiment', experiment_id: '0' },
      { type: 'run', run_id: trial, experiment_id: room.liga },
    ]);
    expect(await top()).toEqual([]);
    expect(await below(sweep, room.liga)).toEqual(['trial']);
    const order = { kind: 'metric', key: 'f1', descending: true } as const;
    expect(await names({ experiment_ids: [room.liga], orders: [order], limit: 1 })).toEqual(['trial']);
    expect(room.tracking.inputs.datasets([room.liga])).toMatchObject([{ name: 'train', context: 'training' }]);
    expect(room.tracking.inputs.datasets(['0'])).toEqual([]);
    expect(room.tracking.experiments.get('0').run_count).toBe(0);
    // a script that is still connected goes on
    await room.tracking.log.metric(trial, { key: 'f1', value: 0.6, step: 1, timestamp: 1 });
    expect(await room.tracking.several.move([sweep], room.liga)).toBe(0);
  });

  it('has its artifacts where they were, wherever it goes; their experiment stays for it', async () => {
    const run = await room.newRun('run', undefined, room.liga);
    const location = () => room.tracking.runs.get(run).artifact_location;
    expect(location()).toBeNull();
    await room.tracking.several.move([run], '0');
    expect(location()).toBe(`mlflow-artifacts:/${room.liga}`);
    const uri = `artifact_uri = 'mlflow-artifacts:/${room.liga}/${run}/artifacts'`;
    const { parseFilter } = await import('../../../schemas/search/index.ts');
    expect(await names({ conditions: parseFilter(uri, 'runs'), limit: 2 })).toEqual(['run']);
    await room.tracking.experiments.delete(room.liga);
    await room.clock.advance(10);
    expect(room.tracking.removal.deleted(room.clock.now())).toEqual([]);
    await room.tracking.experiments.restore(room.liga);
    await room.tracking.several.move([run], room.liga);
    expect(location()).toBeNull();
  });

  it('goes to no experiment that is deleted or not there', async () => {
    const run = await room.newRun('run');
    await room.tracking.experiments.delete(room.liga);
    await expect(room.tracking.several.move([run], room.liga)).rejects.toThrow(/Current state is deleted/);
    await expect(room.tracking.several.move([run], '99')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(await top()).toEqual(['run']);
  });
});

describe('what runs can be searched by', () => {
  it('is known: keys, frequent values, groups', async () => {
    for (const lr of ['0.1', '0.1', '0.01']) {
      const run = await room.newRun(`lr ${lr}`);
      const metrics = [{ key: 'f1', value: 1, step: 0, timestamp: 0 }];
      await room.tracking.log.batch(run, {
        metrics,
        params: [{ key: 'lr', value: lr }],
        tags: [{ key: 't', value: '1' }],
      });
    }
    await room.newRun('none');
    const { facets, runs } = room.tracking;
    expect(facets.keys('0')).toEqual({ metrics: ['f1'], params: ['lr'], tags: ['t'] });
    expect(facets.values('0', 'param', 'lr')).toEqual(['0.1', '0.01']);
    expect(facets.keys('nonsense')).toEqual({ metrics: [], params: [], tags: [] });
    const by = { kind: 'param', key: 'lr' } as const;
    expect(await runs.groups({ experiment_ids: ['0'], by, limit: 10 })).toEqual([
      { value: '0.1', runs: 2 },
      { value: '0.01', runs: 1 },
      { value: null, runs: 1 },
    ]);
    expect(await runs.groups({ experiment_ids: ['0'], by, limit: 1 })).toHaveLength(2);
  });
});
