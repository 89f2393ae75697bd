import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { code, RegistryRoom } from './room.ts';

let room: RegistryRoom;
beforeEach(() => {
  room = new RegistryRoom();
});
afterEach(() => room.dispose());

const create = (name = 'liga') => room.registry.catalog.create(name);
const refused = (action: Promise<unknown>, error: string) => expect(action).rejects.toMatchObject(code(error));

describe('a model without versions', () => {
  it('has a description and tags, of which the last with a key counts', async () => {
    const tags = [
      { key: 'k', value: 'v' },
      { key: 'k', value: 'w' },
    ];
    const made = await room.registry.catalog.create('liga', 'of all', tags);
    expect(made).toMatchObject({
      name: 'liga',
      description: 'of all',
      created_at: room.clock.now(),
      updated_at: room.clock.now(),
      tags: [{ key: 'k', value: 'w' }],
      aliases: [],
      versions: [],
    });
    expect(room.changes).toEqual([made]);
    await refused(create(), 'RESOURCE_ALREADY_EXISTS');
  });

  it('is made once, however many ask for it at the same moment', async () => {
    const asked = await Promise.allSettled([create(), create(), create()]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('cannot be served', async () => {
    await create();
    expect(room.registry.resolve('liga')).toBeNull();
  });
});

describe('tags and descriptions', () => {
  it('change, and are told with the whole model', async () => {
    const { catalog } = room.registry;
    await create();
    await catalog.setTag('liga', { key: 'a', value: '1' });
    await catalog.setTag('liga', { key: 'a', value: '2' });
    await catalog.deleteTag('liga', 'none');
    await room.clock.advance(5);
    expect(await catalog.describe('liga', 'new')).toMatchObject({ description: 'new', updated_at: room.clock.now() });
    expect(room.changes.at(-1)?.tags).toEqual([{ key: 'a', value: '2' }]);
    await catalog.deleteTag('liga', 'a');
    expect(room.registry.model('liga').tags).toEqual([]);
    await refused(catalog.setTag('lgia', { key: 'a', value: '1' }), 'RESOURCE_DOES_NOT_EXIST');
  });
});

describe('an alias', () => {
  beforeEach(async () => {
    for (let count = 0; count < 3; count++) await room.register('liga');
  });

  it('names one version, moves to another, and is resolved', async () => {
    const { catalog } = room.registry;
    const version = (ref: string) => room.registry.resolve(ref)?.version;
    await catalog.setAlias('liga', 'champion', 1);
    expect([version('liga@champion'), version('liga')]).toEqual([1, 3]);
    await catalog.setAlias('liga', 'champion', 2);
    await catalog.setAlias('liga', 'ñandú-2', 2);
    expect(version('liga@champion')).toBe(2);
    expect(room.changes.at(-1)?.aliases).toEqual([
      { alias: 'champion', version: 2 },
      { alias: 'ñandú-2', version: 2 },
    ]);
    expect([catalog.byAlias('liga', 'champion')?.version, catalog.byAlias('liga', 'latest')?.version]).toEqual([2, 3]);
    await catalog.deleteAlias('liga', 'champion');
    await catalog.deleteAlias('liga', 'champion');
    expect(version('liga@champion')).toBeUndefined();
  });

  it('that is called like a stage counts only while nothing stands there', async () => {
    await room.registry.catalog.setAlias('liga', 'production', 1);
    expect(room.registry.resolve('liga@production')?.version).toBe(1);
    await room.registry.promote('liga', 2, { to: 'production', reason: 'better' });
    expect(room.registry.resolve('liga@production')?.version).toBe(2);
  });

  it('gives way to a model whose whole name looks like it', async () => {
    await room.registry.catalog.setAlias('liga', 'b', 1);
    await room.register('liga@b', 'other bytes');
    expect(room.registry.resolve('liga@b')).toMatchObject({ model: 'liga@b', version: 1 });
  });

  it.each(['latest', 'LATEST', 'v1', 'V20', 'a b', 'a@b', '', 'x'.repeat(256)])('cannot be %j', async (alias) => {
    await expect(async () => room.registry.catalog.setAlias('liga', alias, 1)).rejects.toMatchObject(
      code('INVALID_PARAMETER_VALUE'),
    );
  });

  it('needs a version that is there', async () => {
    await refused(room.registry.catalog.setAlias('liga', 'champion', 9), 'RESOURCE_DOES_NOT_EXIST');
  });
});

describe('another name', () => {
  it('keeps versions, history and files', async () => {
    await room.register('liga', 'bytes of liga');
    await room.registry.promote('liga', 1, { to: 'production', reason: 'good' });
    const { folder } = room.registry.resolve('liga') ?? {};
    room.changes.length = 0;
    await room.registry.catalog.rename('liga', 'copa');
    expect(room.removed).toEqual(['liga']);
    expect(room.changes.map(({ name }) => name)).toEqual(['copa']);
    expect(room.registry.resolve('copa')).toMatchObject({ version: 1, folder });
    expect(room.registry.history('copa')).toHaveLength(1);
    expect(room.registry.resolve('liga')).toBeNull();
  });

  it('leaves the old one free, for a model with files of its own', async () => {
    await room.register('liga', 'old');
    await room.registry.catalog.rename('liga', 'copa');
    await room.register('liga', 'new');
    const folders = ['copa', 'liga'].map((name) => room.registry.resolve(name)?.folder ?? '');
    expect(new Set(folders).size).toBe(2);
    await Promise.all([room.registry.verify('copa', 1), room.registry.verify('liga', 1)]);
  });

  it('cannot be one that is taken, or none at all', async () => {
    await create('liga');
    await create('copa');
    await refused(room.registry.catalog.rename('liga', 'copa'), 'RESOURCE_ALREADY_EXISTS');
    await refused(room.registry.catalog.rename('liga', 'a/b'), 'INVALID_PARAMETER_VALUE');
    await refused(room.registry.catalog.rename('nobody', 'x'), 'RESOURCE_DOES_NOT_EXIST');
    expect((await room.registry.catalog.rename('liga', 'liga')).name).toBe('liga');
    expect(room.removed).toEqual([]);
  });
});
