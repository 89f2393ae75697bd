import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processorTime } from '../../support/processor-time.ts';
import { RegistryRoom } from './room.ts';

let room: RegistryRoom;
beforeEach(() => {
  room = new RegistryRoom();
});
afterEach(() => room.dispose());

describe('a model of very many versions', () => {
  it('is shown with the newest of each stage, and how many there are', async () => {
    await room.adopt('liga', 50);
    const { versions, ...model } = room.registry.overview('liga', 3);
    expect(versions.map(({ version, stage }) => `${version} ${stage}`)).toEqual([
      '50 archived',
      '49 development',
      '48 archived',
      '47 development',
      '46 archived',
      '45 development',
    ]);
    expect(versions[0]?.tags).toEqual([{ key: 'n', value: '50' }]);
    expect(model).toMatchObject({
      in_stages: { development: 25, staging: 0, production: 0, archived: 25 },
      tags: [{ key: 'a', value: 'b' }],
      aliases: [{ alias: 'first', version: 1 }],
    });
  });

  it('is read on from any version of a stage', async () => {
    await room.adopt('liga', 20);
    const read = (before?: number) => room.registry.inStage('liga', 'archived', { before, limit: 3 });
    expect(read().map(({ version }) => version)).toEqual([20, 18, 16]);
    expect(read(16).map(({ version }) => version)).toEqual([14, 12, 10]);
    expect(read(2)).toEqual([]);
    expect(() => room.registry.inStage('nobody', 'archived', {})).toThrow('There is no model');
  });

  it('says of its versions what a look at all of them says', async () => {
    await room.adopt('liga', 12);
    room.clock.advance(1000);
    await room.registry.versions.move('liga', 4, { to: 'staging', reason: 'r', replaces: false });
    const { versions } = room.registry.model('liga');
    const { versions: newest, in_stages } = room.registry.overview('liga', 100);
    expect(newest).toEqual(versions);
    expect(in_stages).toEqual({ development: 6, staging: 1, production: 0, archived: 5 });
    expect(newest.find(({ version }) => version === 4)?.stage_since).toBe(room.clock.now());
  });

  // looking at all of them for each would take minutes
  it('is taken in from another registry, twice without doubling it', async () => {
    const took = processorTime();
    expect(await room.adopt('liga', 5_000)).toEqual({ isNew: true, added: 5_000, renumbered: [] });
    expect(await room.adopt('liga', 5_000)).toEqual({ isNew: false, added: 0, renumbered: [] });
    expect(took()).toBeLessThan(5_000);
  });

  it('is promoted, found by any reference and listed, and none of that reads them all', async () => {
    await room.adopt('liga', 5_000);
    const { registry } = room;
    const all = workOf(() => registry.model('liga'));
    const each = {
      overview: workOf(() => registry.overview('liga', 10)),
      reference: workOf(() => expect(() => registry.resolve('liga@first')).toThrow('registered by a script')),
      version: workOf(() => registry.versions.get('liga', 1)),
    };
    for (const [what, work] of Object.entries(each)) expect([what, work < all / 5]).toEqual([what, true]);
    const { effects } = await registry.promote('liga', 2, { to: 'production', reason: 'r' });
    expect(effects).toEqual(['v2 moves from archived to production', 'liga@production means v2 from then on']);
    expect(registry.overview('liga').versions.map(({ version }) => version)).toEqual([5_000, 4_999, 2]);
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
