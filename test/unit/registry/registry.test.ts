import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Registry } from '../../../daemon/registry/index.ts';
import type { Tracking } from '../../../daemon/tracking/index.ts';
import type { Model } from '../../../schemas/wire/registry.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import type { VirtualClock } from '../../support/virtual-clock.ts';
import { REFERENCE, RegistryRoom } from './room.ts';

let room: RegistryRoom;
let workspace: TempWorkspace;
let tracking: Tracking;
let registry: Registry;
let models: string;
let clock: VirtualClock;
let changes: Model[];

beforeEach(() => {
  room = new RegistryRoom();
  ({ workspace, tracking, registry, clock, changes } = room);
  models = workspace.path('.crisol', 'models');
});
afterEach(() => room.dispose());

const modelFolder = () => room.modelFolder();
const register = (more: object = {}, name = 'match') => registry.register(name, { folder: modelFolder(), ...more });
const stages = () => registry.model('match').versions.map(({ version, stage }) => [version, stage]);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('registering', () => {
  it('copies the files, counts the versions, and tells the whole model', async () => {
    const first = await register({ description: 'the first', metrics: { f1: 0.5, odd: 'NaN' } });
    expect(first).toMatchObject({
      version: 1,
      source: null,
      stage: 'development',
      created_at: clock.now(),
      created_by: 'ana',
      description: 'the first',
      run_id: null,
      metrics: { f1: 0.5, odd: 'NaN' },
    });
    expect((await register()).version).toBe(2);
    expect(changes.at(-1)?.versions.map(({ version }) => version)).toEqual([2, 1]);
    const found = registry.resolve('match/1');
    expect(readdirSync(found?.folder ?? '').sort()).toEqual(['model.onnx', 'reference.json', 'signature.json']);
    expect(await registry.reference('match', 1)).toEqual(REFERENCE);
  });

  it("takes the run's latest metrics when none are given", async () => {
    const { run_id } = await tracking.runs.start({ experiment_id: '0' });
    await tracking.log.batch(run_id, { metrics: [{ key: 'f1', value: 0.7, step: 0, timestamp: 0 }] });
    expect(await register({ run_id })).toMatchObject({ run_id, metrics: { f1: 0.7 } });
    await expect(register({ run_id: 'nobody' })).rejects.toEqual(code('RESOURCE_DOES_NOT_EXIST'));
  });

  it('puts the version into a stage at once when asked to', async () => {
    await register({ stage: 'staging' });
    await register({ stage: 'staging' });
    expect(stages()).toEqual([
      [2, 'staging'],
      [1, 'archived'],
    ]);
    expect(registry.history('match').map(({ version, to, by }) => [version, to, by])).toEqual([
      [2, 'staging', 'ana'],
      [1, 'archived', 'ana'],
      [1, 'staging', 'ana'],
    ]);
  });

  it('takes names of any script, and keeps apart what a file system might not', async () => {
    for (const name of ['Match', 'match', 'ñandú 🏆', 'a@staging']) await register({}, name);
    const folders = [...registry.pieces()].flat().map(({ name }) => registry.resolve(name)?.folder);
    expect(new Set(folders.map((folder) => folder?.toLowerCase())).size).toBe(4);
    expect(folders.every((folder) => existsSync(join(folder ?? '', 'model.onnx')))).toBe(true);
  });

  it('does without a reference sample', async () => {
    const folder = modelFolder();
    rmSync(join(folder, 'reference.json'));
    await registry.register('match', { folder });
    expect(await registry.reference('match', 1)).toBeNull();
  });

  it('refuses what is no model, and leaves nothing behind', async () => {
    const folder = modelFolder();
    const refused = (error: string, at = folder) =>
      expect(registry.register('match', { folder: at })).rejects.toEqual(code(error));
    writeFileSync(join(folder, 'model.onnx'), '');
    await refused('MODEL_INVALID');
    rmSync(join(folder, 'model.onnx'));
    await refused('MODEL_INVALID');
    modelFolder();
    writeFileSync(join(folder, 'signature.json'), '{"inputs": 3}');
    await refused('MODEL_INVALID');
    writeFileSync(join(folder, 'signature.json'), '{');
    await refused('MODEL_INVALID');
    await refused('FILE_NOT_FOUND', workspace.path('nothing'));
    await refused('INVALID_PARAMETER_VALUE', 'build');
    await refused('FILE_OUTSIDE_WORKSPACE', join(workspace.folder, '..'));
    expect([...registry.pieces()].flat()).toEqual([]);
    expect(readdirSync(join(models, '.staging'))).toEqual([]);
  });

  it('follows no link out of the workspace', async () => {
    const outside = new TempWorkspace({ files: { 'model.onnx': 'secret' } });
    const folder = modelFolder();
    rmSync(join(folder, 'model.onnx'));
    symlinkSync(outside.path('model.onnx'), join(folder, 'model.onnx'));
    await expect(registry.register('match', { folder })).rejects.toEqual(code('FILE_OUTSIDE_WORKSPACE'));
    outside.dispose();
  });

  it('takes no notice of what a crash left where the next version goes', async () => {
    await register();
    workspace.write('.crisol/models/match/2/model.onnx', 'half');
    workspace.write('.crisol/models/.staging/x/model.onnx', 'half');
    registry = room.open();
    await register();
    expect(workspace.read('.crisol/models/match/2/model.onnx')).toBe('onnx bytes');
    expect(workspace.has('.crisol/models/.staging/x')).toBe(false);
  });
});

describe('promoting', () => {
  it('says what it would do and does nothing in a dry run, which needs no reason', async () => {
    await register({ metrics: { precision: 0.7, log_loss: 0.77812, accuracy: 0.63921 } });
    const answer = await registry.promote('match', 1, { to: 'staging', reason: '', dry_run: true });
    expect(answer).toEqual({
      name: 'match',
      version: 1,
      from: 'development',
      stage: 'development',
      dry_run: true,
      checks: [
        { name: 'files', ok: true, detail: 'all files are as registered', blocking: true },
        { name: 'evaluated', ok: true, detail: 'accuracy 0.639, log_loss 0.778 and 1 more', blocking: false },
      ],
      effects: ['v1 moves from development to staging', 'match@staging means v1 from then on'],
    });
    expect(stages()).toEqual([[1, 'development']]);
  });

  it('moves the version, archives the one before, and keeps who, when and why', async () => {
    await register();
    await register();
    await registry.promote('match', 1, { to: 'production', reason: 'first' });
    await clock.advance(1000);
    changes.length = 0;
    const answer = await registry.promote('match', 2, { to: 'production', reason: ' better ' });
    expect(answer).toMatchObject({ from: 'development', stage: 'production', dry_run: false });
    expect(stages()).toEqual([
      [2, 'production'],
      [1, 'archived'],
    ]);
    expect(changes).toEqual([registry.overview('match', 100)]);
    expect(registry.history('match')[0]).toEqual({
      version: 2,
      from: 'development',
      to: 'production',
      reason: 'better',
      by: 'ana',
      at: clock.now(),
    });
    expect(registry.history('match')[1]).toMatchObject({
      version: 1,
      to: 'archived',
      reason: 'v2 took its place: better',
    });
  });

  it('refuses the same stage, an empty reason, and what is not there', async () => {
    await register();
    const promote = (name: string, version: number, to: 'staging' | 'development', reason = 'why') =>
      registry.promote(name, version, { to, reason });
    await expect(promote('match', 1, 'development')).rejects.toEqual(code('MODEL_STAGE_UNCHANGED'));
    await expect(promote('match', 1, 'staging', '  ')).rejects.toEqual(code('MODEL_REASON_MISSING'));
    await expect(promote('match', 7, 'staging')).rejects.toThrow('match has no version 7; its newest is 1.');
    await expect(promote('mtach', 1, 'staging')).rejects.toThrow('Did you mean "match"?');
    expect(() => registry.history('other')).toThrow(code('RESOURCE_DOES_NOT_EXIST'));
  });

  it('refuses a version whose files are no longer what was registered, but lets it be archived', async () => {
    await register();
    writeFileSync(join(registry.resolve('match')?.folder ?? '', 'model.onnx'), 'other bytes');
    const dry = await registry.promote('match', 1, { to: 'production', reason: '', dry_run: true });
    expect(dry.checks[0]).toEqual({
      name: 'files',
      ok: false,
      detail: 'changed or missing: model.onnx',
      blocking: true,
    });
    await expect(registry.promote('match', 1, { to: 'production', reason: 'x' })).rejects.toEqual(
      code('MODEL_CHECKS_FAILED'),
    );
    await registry.promote('match', 1, { to: 'archived', reason: 'damaged' });
    expect(stages()).toEqual([[1, 'archived']]);
  });

  it('tells when the files of a version are no longer what was registered', async () => {
    await register();
    await registry.verify('match', 1);
    rmSync(join(registry.resolve('match')?.folder ?? '', 'signature.json'));
    await expect(registry.verify('match', 1)).rejects.toEqual(code('MODEL_FILES_CHANGED'));
    await expect(registry.verify('match', 1)).rejects.toThrow(
      'match v1 are not those that were registered: signature.json',
    );
  });

  it('lets one of two simultaneous promotions hold the stage', async () => {
    await register();
    await register();
    const promote = (version: number) => registry.promote('match', version, { to: 'production', reason: 'race' });
    await Promise.all([promote(1), promote(2)]);
    expect(stages().filter(([, stage]) => stage === 'production')).toHaveLength(1);
    const twice = [
      registry.promote('match', 1, { to: 'staging', reason: 'a' }),
      registry.promote('match', 1, { to: 'staging', reason: 'b' }),
    ];
    expect((await Promise.allSettled(twice)).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('resolving', () => {
  it('prefers production, then staging, then the newest that is not archived', async () => {
    const version = (ref = 'match') => registry.resolve(ref)?.version;
    for (let count = 0; count < 3; count++) await register();
    expect(version()).toBe(3);
    await registry.promote('match', 1, { to: 'staging', reason: 'x' });
    expect(version()).toBe(1);
    await registry.promote('match', 2, { to: 'production', reason: 'x' });
    expect([version(), version('match@staging'), version('match@production'), version('match/3')]).toEqual([
      2, 1, 2, 3,
    ]);
    expect([version('match@archived'), version('match/9'), version('other')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
