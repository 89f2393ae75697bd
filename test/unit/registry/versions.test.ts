import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { code, RegistryRoom } from './room.ts';

let room: RegistryRoom;
beforeEach(async () => {
  room = new RegistryRoom();
  await room.registry.catalog.create('liga');
});
afterEach(() => room.dispose());

const refused = (action: Promise<unknown>, error: string) => expect(action).rejects.toMatchObject(code(error));
const stages = () => room.registry.model('liga').versions.map(({ version, stage }) => [version, stage]);
const folderOf = (ref: string) => room.registry.resolve(ref)?.folder ?? 'none';

describe('a version that a script registered', () => {
  it('stands beside ours, with what its run measured, and endpoints cannot serve it', async () => {
    const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
    await room.tracking.log.batch(run_id, { metrics: [{ key: 'f1', value: 0.7, step: 0, timestamp: 0 }] });
    await room.register('liga');
    const tags = [{ key: 'how', value: 'by hand' }];
    const added = await room.add('liga', {
      run_id,
      model_id: 'm-1',
      description: 'far away',
      run_link: 'http://page',
      tags,
    });
    expect(added).toMatchObject({
      version: 2,
      stage: 'development',
      source: 's3://bucket/model',
      location: 's3://bucket/model',
      run_id,
      model_id: 'm-1',
      description: 'far away',
      run_link: 'http://page',
      metrics: { f1: 0.7 },
      tags,
      created_by: 'ana',
    });
    expect(() => room.registry.resolve('liga/2')).toThrow(expect.objectContaining(code('MODEL_NOT_SERVABLE')));
    expect(room.registry.resolve('liga/1')?.version).toBe(1);
    expect(await room.registry.reference('liga', 2)).toBeNull();
  });

  it('may name a run of another server', async () => {
    expect(await room.add('liga', { run_id: 'f'.repeat(32) })).toMatchObject({ metrics: {}, version: 1 });
  });

  it('needs a model that is there', async () => {
    await refused(room.add('nobody'), 'RESOURCE_DOES_NOT_EXIST');
  });

  it('is promoted without a look at its files', async () => {
    await room.add('liga');
    const { checks } = await room.registry.promote('liga', 1, { to: 'production', reason: 'good' });
    expect(checks[0]).toEqual({
      name: 'files',
      ok: true,
      blocking: false,
      detail: 'they stay where a script keeps them: s3://bucket/model',
    });
  });

  it('gets its own number, however many come at once', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => room.add('liga')));
    expect(made.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
  });
});

describe('what is said of a version', () => {
  it('changes: description and tags', async () => {
    const { versions } = room.registry;
    await room.register('liga');
    await room.clock.advance(7);
    expect(await versions.describe('liga', 1, 'best so far')).toMatchObject({
      description: 'best so far',
      updated_at: room.clock.now(),
    });
    await versions.setTag('liga', 1, { key: 'a', value: '1' });
    await versions.setTag('liga', 1, { key: 'b', value: '2' });
    await versions.deleteTag('liga', 1, 'a');
    await versions.deleteTag('liga', 1, 'none');
    expect(room.changes.at(-1)?.versions[0]?.tags).toEqual([{ key: 'b', value: '2' }]);
    await refused(versions.setTag('liga', 4, { key: 'a', value: '1' }), 'RESOURCE_DOES_NOT_EXIST');
    await refused(versions.deleteTag('liga', 4, 'a'), 'RESOURCE_DOES_NOT_EXIST');
    await refused(versions.describe('liga', 4, ''), 'RESOURCE_DOES_NOT_EXIST');
  });
});

describe('moving as MLflow does', () => {
  const move = (version: number, to: 'staging' | 'production' | 'archived', replaces = false) =>
    room.registry.versions.move('liga', version, { to, reason: 'asked for', replaces });

  beforeEach(async () => {
    for (let count = 0; count < 3; count++) await room.add('liga');
  });

  it('lets several stand in one stage, of which the newest is meant', async () => {
    await room.register('liga');
    await room.register('liga');
    for (const version of [5, 4]) await move(version, 'staging');
    expect(stages().slice(0, 2)).toEqual([
      [5, 'staging'],
      [4, 'staging'],
    ]);
    expect(room.registry.resolve('liga@staging')?.version).toBe(5);
    expect(room.registry.history('liga').map(({ version, reason, by }) => [version, reason, by])).toEqual([
      [4, 'asked for', 'ana'],
      [5, 'asked for', 'ana'],
    ]);
  });

  it('archives the others when told to, wherever it stands itself', async () => {
    for (const version of [1, 2, 3]) await move(version, 'production');
    await move(2, 'production', true);
    expect(stages()).toEqual([
      [3, 'archived'],
      [2, 'production'],
      [1, 'archived'],
    ]);
    expect(room.registry.history('liga')[0]).toMatchObject({ to: 'archived', reason: 'v2 took its place: asked for' });
  });

  it('changes nothing where it stands already', async () => {
    await move(1, 'staging');
    await move(1, 'staging');
    expect(room.registry.history('liga')).toHaveLength(1);
  });

  it('gives way to a promotion of ours, which leaves one alone there', async () => {
    for (const version of [1, 2]) await move(version, 'production');
    const { effects } = await room.registry.promote('liga', 3, { to: 'production', reason: 'best' });
    expect(effects).toEqual([
      'v3 moves from development to production',
      'v2 leaves production and is archived',
      'v1 leaves production and is archived',
      'liga@production means v3 from then on',
    ]);
    expect(stages().filter(([, stage]) => stage === 'production')).toEqual([[3, 'production']]);
  });

  it('refuses one of ours whose files were changed', async () => {
    await room.register('liga');
    room.workspace.write('.crisol/models/liga/4/model.onnx', 'other bytes');
    await refused(move(4, 'production'), 'MODEL_CHECKS_FAILED');
    expect(stages()[0]).toEqual([4, 'development']);
  });
});

describe('a copy', () => {
  it('of our files can be served, and knows where it comes from', async () => {
    const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
    await room.register('liga', 'bytes', run_id);
    await room.registry.catalog.create('copa');
    const copied = await room.registry.versions.copy({ name: 'liga', version: 1 }, 'copa', {
      source: 'models:/liga/1',
    });
    expect(copied).toMatchObject({ version: 1, run_id, source: 'models:/liga/1', location: null });
    await room.registry.versions.delete('liga', 1);
    expect(room.workspace.read('.crisol/models/copa/1/model.onnx')).toBe('bytes');
    await room.registry.verify('copa', 1);
  });

  it('is not made of files that were changed, nor for a model that is not there', async () => {
    await room.register('liga');
    await refused(room.registry.versions.copy({ name: 'liga', version: 1 }, 'nobody', {}), 'RESOURCE_DOES_NOT_EXIST');
    room.workspace.write('.crisol/models/liga/1/model.onnx', 'other bytes');
    await refused(room.registry.versions.copy({ name: 'liga', version: 1 }, 'liga', {}), 'MODEL_FILES_CHANGED');
    expect(stages()).toEqual([[1, 'development']]);
  });
});

describe('deleting', () => {
  it('takes a version with its aliases and files; its number is not given again', async () => {
    await room.register('liga');
    await room.register('liga');
    await room.registry.catalog.setAlias('liga', 'champion', 2);
    const folder = folderOf('liga/2');
    await room.registry.versions.delete('liga', 2);
    expect([stages(), room.registry.model('liga').aliases, existsSync(folder)]).toEqual([
      [[1, 'development']],
      [],
      false,
    ]);
    expect((await room.register('liga')).version).toBe(3);
    await refused(room.registry.versions.delete('liga', 2), 'RESOURCE_DOES_NOT_EXIST');
  });

  it('takes a model with all of it, and says that its name is free', async () => {
    await room.register('liga');
    await room.registry.promote('liga', 1, { to: 'staging', reason: 'x' });
    await room.registry.catalog.setTag('liga', { key: 'a', value: '1' });
    const folder = folderOf('liga');
    await room.registry.catalog.delete('liga');
    expect([room.removed, [...room.registry.pieces()].flat(), existsSync(folder)]).toEqual([['liga'], [], false]);
    await refused(room.registry.catalog.delete('liga'), 'RESOURCE_DOES_NOT_EXIST');
    await room.register('liga', 'new bytes');
    expect(room.registry.model('liga')).toMatchObject({ tags: [], versions: [{ version: 1 }] });
    expect(room.registry.history('liga')).toEqual([]);
  });

  it('takes nothing of a model that has the name and folder of a deleted one, whoever else is deleted meanwhile', async () => {
    for (const name of ['liga', 'other']) await room.register(name);
    const gates: PromiseWithResolvers<void>[] = [];
    room.beforeArtifactsGo = () => {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      return gate.promise;
    };
    const { catalog } = room.registry;
    const first = catalog.delete('liga');
    await waitFor(() => gates.length === 1, { what: 'files that are about to go' });
    const second = catalog.delete('other');
    await waitFor(() => room.removed.includes('other'), { what: 'the other one deleted' });
    gates[0]?.resolve();
    await first;
    await room.register('liga', 'new bytes');
    room.beforeArtifactsGo = () => Promise.resolve();
    for (const gate of gates) gate.resolve();
    await second;
    expect(existsSync(join(folderOf('liga'), 'model.onnx'))).toBe(true);
  });

  it('leaves files that are served until they no longer are; a new model of that name has others', async () => {
    await room.register('liga', 'served');
    const folder = folderOf('liga');
    room.served.add('liga/1');
    await room.registry.catalog.delete('liga');
    expect(existsSync(folder)).toBe(true);
    await room.register('liga', 'new');
    expect(folderOf('liga')).not.toBe(folder);

    room.open();
    await expect.poll(() => existsSync(folder)).toBe(false);
    await room.registry.verify('liga', 1);
  });
});

describe("our own versions for MLflow's client", () => {
  const names = (place: string) => room.artifacts.list(place).map(({ name }) => name);

  it('are laid among the artifacts when they are asked for, without the rows of the training', async () => {
    await room.register('liga', 'bytes of the graph');
    expect(names('')).toEqual([]);
    const place = await room.registry.versions.publish('liga', 1);
    expect(names(place)).toEqual(['MLmodel', 'code', 'model.onnx', 'requirements.txt', 'signature.json']);
    expect(await room.registry.versions.publish('liga', 1)).toBe(place);
    const opened = await room.artifacts.open(`${place}/model.onnx`);
    expect(Buffer.concat(await opened.read().toArray()).toString()).toBe('bytes of the graph');
  });

  it('are not when they were changed, and go with their version', async () => {
    await room.register('liga');
    await room.register('liga');
    const place = await room.registry.versions.publish('liga', 1);
    room.workspace.write('.crisol/models/liga/2/model.onnx', 'other bytes');
    await refused(room.registry.versions.publish('liga', 2), 'MODEL_FILES_CHANGED');
    await room.registry.versions.delete('liga', 1);
    expect(names(place)).toEqual([]);
  });
});
