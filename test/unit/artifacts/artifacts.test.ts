import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processorTime } from '../../support/processor-time.ts';
import type { ArtifactsRoom } from './room.ts';
import { openArtifacts, pieces, textOf } from './room.ts';

let room: ArtifactsRoom;
beforeEach(() => {
  room = openArtifacts();
});
afterEach(() => room.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const put = (path: string, ...texts: string[]) => room.artifacts.put(path, pieces(...texts));
const names = (folder: string) => room.artifacts.list(folder).map(({ name, file }) => (file ? name : `${name}/`));
const placeOf = (text: string) => {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return join(room.folder, sha256.slice(0, 2), sha256.slice(2));
};

describe('a file', () => {
  it('comes back as it went in, whole or in part', async () => {
    const kept = await put('1/run/artifacts/model/MLmodel', 'flavors', ': ', 'onnx');
    expect(kept).toMatchObject({ bytes: 13, updated_at: room.clock.now() });
    expect(await textOf(await room.artifacts.open('1/run/artifacts/model/MLmodel'))).toBe('flavors: onnx');
    const again = await room.artifacts.open('1/run/artifacts/model/MLmodel');
    expect(await textOf(again, { start: 2, end: 4 })).toBe('avo');
  });

  it('may be empty, and have any name that a file system takes', async () => {
    for (const name of ['empty', 'ñandú 🏆.txt', '%41', 'a b', '.hidden', '...', 'x'.repeat(255), 'c:d']) {
      const path = `1/run/${name}`;
      await put(path);
      expect(await textOf(await room.artifacts.open(path))).toBe('');
    }
    expect(room.onDisk()).toHaveLength(1);
  });

  it('is replaced by the next one of its name, whose predecessor is gone from the disk', async () => {
    await put('a/table.json', '[1]');
    await put('a/table.json', '[1, 2]');
    expect(await textOf(await room.artifacts.open('a/table.json'))).toBe('[1, 2]');
    expect(room.onDisk()).toHaveLength(1);
  });

  it('is kept once however many names it has, until the last of them is gone', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => put(`runs/${n}/model`, 'same')));
    expect(room.onDisk()).toHaveLength(1);
    for (let n = 0; n < 19; n++) await room.artifacts.delete(`runs/${n}`);
    expect(await textOf(await room.artifacts.open('runs/19/model'))).toBe('same');
    await room.artifacts.delete('runs/19/model');
    expect([room.onDisk(), names('')]).toEqual([[], []]);
  });

  it('is read to its end by whoever began before it was replaced', async () => {
    await put('a', 'first');
    const open = await room.artifacts.open('a');
    await put('a', 'second');
    expect(await textOf(open)).toBe('first');
  });
});

describe('a folder', () => {
  it('lists what is in it by name, files and folders', async () => {
    for (const path of ['r/b', 'r/Z', 'r/model/MLmodel', 'r/model/data/x', 'r/ñ', 'r.txt', 'r0']) await put(path, path);
    expect(names('')).toEqual(['r/', 'r.txt', 'r0']);
    expect(names('r')).toEqual(['Z', 'b', 'model/', 'ñ']);
    expect([names('r/model'), names('r/b'), names('none')]).toEqual([['MLmodel', 'data/'], [], []]);
  });

  it('of thousands of files is listed in milliseconds', async () => {
    const save = room.store.db.prepare("INSERT INTO artifacts VALUES (?, ?, 'a', 1, 1)");
    await room.store.write(() => {
      for (let n = 0; n < 20_000; n++) save.run(n % 2 ? 'run/images' : 'run/images/deep', `${n}.png`);
    });
    const spent = processorTime();
    expect(room.artifacts.list('run/images')).toHaveLength(10_000);
    expect(spent()).toBeLessThan(200);
  });

  it('goes with all that is in it, and nothing beside it', async () => {
    for (const path of ['r/m/a', 'r/m/b/c', 'r/m.txt', 'r/m0', 'r/l']) await put(path, path);
    expect(await room.artifacts.delete('r/m')).toBe(2);
    expect(names('r')).toEqual(['l', 'm.txt', 'm0']);
    expect(await room.artifacts.delete('nothing/here')).toBe(0);
    expect(room.onDisk()).toHaveLength(3);
  });

  it('is never a file, nor a file a folder', async () => {
    await put('r/m/a', '');
    await expect(put('r/m', '')).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
    await expect(put('r/m/a/b', '')).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
    await expect(room.artifacts.open('r/m')).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
    await expect(room.artifacts.open('r/n')).rejects.toEqual(code('RESOURCE_DOES_NOT_EXIST'));
    const both = await Promise.allSettled([put('x/y', 'file'), put('x/y/z', 'file in a folder')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what leaves nothing that looks whole', () => {
  it('an upload that is cut off', async () => {
    async function* broken() {
      yield Buffer.from('half of ');
      throw new Error('aborted');
    }
    await expect(room.artifacts.put('r/model', broken())).rejects.toThrow('aborted');
    expect([room.artifacts.stat('r/model'), room.onDisk(), names('')]).toEqual([undefined, [], []]);
    expect(room.artifacts.busy()).toBe(false);
  });

  it('a daemon that died while one was staged, or before one had its name', async () => {
    await put('kept', 'kept');
    mkdirSync(join(room.folder, '.staging'), { recursive: true });
    writeFileSync(join(room.folder, '.staging', 'half'), 'ha');
    mkdirSync(dirname(placeOf('unnamed')), { recursive: true });
    writeFileSync(placeOf('unnamed'), 'unnamed');
    const next = openArtifacts(room.workspace);
    expect(next.onDisk()).toHaveLength(2);
    expect(await next.artifacts.collect({ dryRun: true })).toEqual({ files: 1, bytes: 7 });
    expect(await next.artifacts.collect({ dryRun: false })).toEqual({ files: 1, bytes: 7 });
    expect(next.onDisk()).toHaveLength(1);
    expect(await next.artifacts.collect({ dryRun: true })).toEqual({ files: 0, bytes: 0 });
    await next.store.dispose();
  });

  it('a disk that cannot be written', async () => {
    await put('a', 'a');
    rmSync(join(room.folder, '.staging'), { recursive: true });
    // root may write everywhere: a file where a folder should be stops it, too
    if (process.getuid?.() === 0) writeFileSync(join(room.folder, '.staging'), '');
    else chmodSync(room.folder, 0o500);
    await expect(put('b', 'b')).rejects.toEqual(expect.objectContaining({ code: expect.stringMatching(/^STORE_/) }));
    chmodSync(room.folder, 0o700);
    expect(names('')).toEqual(['a']);
  });

  it('a collection while files are put', async () => {
    const puts = Array.from({ length: 100 }, (_, n) => put(`many/${n}`, String(n % 7)));
    const collections = Array.from({ length: 5 }, () => room.artifacts.collect({ dryRun: false }));
    await Promise.all([...puts, ...collections]);
    for (let n = 0; n < 100; n++) expect(await textOf(await room.artifacts.open(`many/${n}`))).toBe(String(n % 7));
  });
});

describe('a folder that came with a repository', () => {
  it('leads nowhere through links', async () => {
    room.workspace.write('secret', 'kept');
    await put('a', 'kept');
    rmSync(placeOf('kept'));
    symlinkSync(room.workspace.path('secret'), placeOf('kept'));
    await expect(room.artifacts.open('a')).rejects.toEqual(code('RESOURCE_DOES_NOT_EXIST'));

    rmSync(dirname(placeOf('kept')), { recursive: true });
    mkdirSync(room.workspace.path('elsewhere'));
    symlinkSync(room.workspace.path('elsewhere'), dirname(placeOf('kept')));
    await expect(put('b', 'kept')).rejects.toEqual(code('STORE_FOREIGN'));
    await room.artifacts.collect({ dryRun: false });
    expect(existsSync(room.workspace.path('elsewhere'))).toBe(true);

    rmSync(room.folder, { recursive: true });
    symlinkSync(room.workspace.path('elsewhere'), room.folder);
    expect(() => openArtifacts(room.workspace)).toThrow(code('STORE_FOREIGN'));
  });

  it('gives no file that its store calls a content', async () => {
    await put('a', 'a');
    room.store.db.prepare("UPDATE artifacts SET sha256 = '../../../../etc/passwd'").run();
    await expect(room.artifacts.open('a')).rejects.toEqual(code('STORE_CORRUPT'));
  });

  it('says that a content is gone or damaged, until it is logged again', async () => {
    await put('a', 'abc');
    writeFileSync(placeOf('abc'), 'a');
    await expect(room.artifacts.open('a')).rejects.toEqual(code('RESOURCE_DOES_NOT_EXIST'));
    rmSync(placeOf('abc'));
    await expect(room.artifacts.open('a')).rejects.toEqual(code('RESOURCE_DOES_NOT_EXIST'));
    await put('b', 'abc');
    expect(await textOf(await room.artifacts.open('a'))).toBe('abc');
  });
});

it('counts what is there, and what the disk would win back', async () => {
  for (const path of ['r1/a', 'r1/b', 'r2/a']) await put(path, 'same');
  await put('r1/c', 'alone');
  expect(room.artifacts.usage(['r1'])).toEqual({ files: 3, bytes: 13 });
  expect(room.artifacts.freedBy(['r1'])).toEqual({ files: 1, bytes: 5 });
  expect(room.artifacts.freedBy(['r1', 'r2/a'])).toEqual({ files: 2, bytes: 9 });
});
