import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processorTime } from '../../support/processor-time.ts';
import { RegistryRoom } from './room.ts';

let room: RegistryRoom;
beforeEach(() => {
  room = new RegistryRoom();
});
afterEach(() => room.dispose());

/** As another registry has them. */
function adopt(name: string, count: number) {
  const common = {
    created_by: '',
    description: '',
    run_id: null,
    model_id: null,
    run_link: '',
    source: '',
    location: '',
  };
  const versions = Array.from({ length: count }, (_, at) => {
    const stage = at % 2 === 0 ? ('archived' as const) : ('development' as const);
    return { ...common, version: at + 1, stage, created_at: at, tags: [{ key: 'n', value: String(at + 1) }] };
  });
  const model = { name, description: 'd', created_at: 0, tags: [{ key: 'a', value: 'b' }], versions };
  return room.registry.adoption.model({ ...model, aliases: [{ alias: 'first', version: 1 }] });
}

describe('a model of very many versions', () => {
  it('is shown with the newest of each stage, and how many there are', async () => {
    await adopt('liga', 50);
    const { versions, ...model } = room.registry.overview('liga', 3);
    expect(versions.map(({ version, stage }) => `${version} ${stage}`)).toEqual([
      '50 development',
      '49 archived',
      '48 development',
      '47 archived',
      '46 development',
      '45 archived',
    ]);
    expect(versions[0]?.tags).toEqual([{ key: 'n', value: '50' }]);
    expect(model).toMatchObject({
      in_stages: { development: 25, staging: 0, production: 0, archived: 25 },
      tags: [{ key: 'a', value: 'b' }],
      aliases: [{ alias: 'first', version: 1 }],
    });
  });

  it('is read on from any version of a stage', async () => {
    await adopt('liga', 20);
    const read = (before?: number) => room.registry.inStage('liga', 'archived', { before, limit: 3 });
    expect(read().map(({ version }) => version)).toEqual([19, 17, 15]);
    expect(read(15).map(({ version }) => version)).toEqual([13, 11, 9]);
    expect(read(1)).toEqual([]);
    expect(() => room.registry.inStage('nobody', 'archived', {})).toThrow('There is no model');
  });

  it('says of its versions what a look at all of them says', async () => {
    await adopt('liga', 12);
    room.clock.advance(1000);
    await room.registry.versions.move('liga', 3, { to: 'staging', reason: 'r', replaces: false });
    const { versions } = room.registry.model('liga');
    const { versions: newest, in_stages } = room.registry.overview('liga', 100);
    expect(newest).toEqual(versions);
    expect(in_stages).toEqual({ development: 6, staging: 1, production: 0, archived: 5 });
    expect(newest.find(({ version }) => version === 3)?.stage_since).toBe(room.clock.now());
  });

  // looking at all of them for each would take minutes
  it('is taken in from another registry, twice without doubling it', async () => {
    const took = processorTime();
    expect(await adopt('liga', 5_000)).toEqual({ isNew: true, added: 5_000, renumbered: [] });
    expect(await adopt('liga', 5_000)).toEqual({ isNew: false, added: 0, renumbered: [] });
    expect(took()).toBeLessThan(5_000);
  });

  it('is promoted, found by any reference and listed, and none of that reads them all', async () => {
    await adopt('liga', 5_000);
    const { registry } = room;
    const all = workOf(() => registry.model('liga'));
    const each = {
      overview: workOf(() => registry.overview('liga', 10)),
      reference: workOf(() => expect(() => registry.resolve('liga@first')).toThrow('registered by a script')),
      version: workOf(() => registry.versions.get('liga', 1)),
    };
    for (const [what, work] of Object.entries(each)) expect([what, work < all / 5]).toEqual([what, true]);
    const { effects } = await registry.promote('liga', 1, { to: 'production', reason: 'r' });
    expect(effects).toEqual(['v1 moves from archived to production', 'liga@production means v1 from then on']);
    expect(registry.overview('liga').versions.map(({ version }) => version)).toEqual([5_000, 4_999, 1]);
  });
});

/** The least of several. */
function workOf(action: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const took = processorTime();
    action();
    return took();
  });
  return Math.min(...times);
}
