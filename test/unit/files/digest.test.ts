import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilesWorkspace } from './workspace.ts';

let workspace: FilesWorkspace;
beforeEach(() => {
  workspace = new FilesWorkspace();
});
afterEach(() => workspace.end());

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

describe('a digest', () => {
  it('of a file is that of its bytes, of nothing is null', async () => {
    workspace.write('data/a.csv', 'one');
    const digests = await workspace.files.digest([
      'data/a.csv',
      './data//a.csv',
      'data/b.csv',
      'data/a.csv/c',
      'none/x',
    ]);
    const file = { kind: 'file', sha256: sha256('one'), bytes: 3, executable: false };
    expect([...digests.values()]).toEqual([file, file, null, null, null]);
  });

  it('of a folder counts what is in it, and is another with each change of it', async () => {
    workspace.write('data/a.csv', 'one');
    workspace.write('data/sub/b.csv', 'two!');
    mkdirSync(workspace.path('data/empty'));
    const seen = [await workspace.digest('data')];
    expect(seen[0]).toMatchObject({ kind: 'folder', bytes: 7, files: 2 });
    const changes = [
      () => workspace.write('data/sub/b.csv', 'two?'),
      () => chmodSync(workspace.path('data/a.csv'), 0o755),
      () => rmSync(workspace.path('data/empty'), { recursive: true }),
      () => renameSync(workspace.path('data/a.csv'), workspace.path('data/c.csv')),
      () => symlinkSync('c.csv', workspace.path('data/link')),
      () => mkdirSync(workspace.path('data/new')),
    ];
    for (const change of changes) {
      change();
      seen.push(await workspace.digest('data'));
    }
    expect(new Set(seen.map((digest) => digest?.sha256)).size).toBe(seen.length);
    rmSync(workspace.path('data/new'), { recursive: true });
    expect(await workspace.digest('data/')).toEqual(seen[5]);
  });

  it('of a folder does not see .git and .crisol, at any depth', async () => {
    workspace.write('data/a.csv', 'one');
    const before = await workspace.digest('data');
    workspace.write('data/.git/HEAD', 'ref');
    workspace.write('data/.crisol/store.db', 'x');
    expect(await workspace.digest('data')).toEqual(before);
    expect(await workspace.digest('.')).toMatchObject({ files: 1 });
    expect(await workspace.digest('data/.git/HEAD')).toMatchObject({ kind: 'file', bytes: 3 });
  });

  it('of a link is its text and what it leads to', async () => {
    workspace.write('data/v1.csv', 'one');
    symlinkSync('data/v1.csv', workspace.path('current.csv'));
    const before = await workspace.digest('current.csv');
    expect(before).toEqual({
      ...{ kind: 'link', sha256: sha256('data/v1.csv'), target: 'data/v1.csv' },
      to: { kind: 'file', sha256: sha256('one'), bytes: 3, executable: false },
    });
    workspace.write('data/v1.csv', 'two');
    expect(await workspace.digest('current.csv')).toMatchObject({ to: { sha256: sha256('two') } });
    symlinkSync('/etc/passwd', workspace.path('outside'));
    expect(await workspace.digest('outside')).toMatchObject({ kind: 'link', target: '/etc/passwd', to: null });
    symlinkSync('loop', workspace.path('loop'));
    expect(await workspace.digest('loop')).toMatchObject({ kind: 'link', to: null });
  });

  it('asks nothing outside of the workspace', async () => {
    symlinkSync('/etc', workspace.path('etc'));
    for (const path of ['../x', '/etc/passwd', 'a/../../x', 'etc/passwd']) {
      await expect(workspace.files.digest([path])).rejects.toMatchObject({ code: 'FILE_OUTSIDE_WORKSPACE' });
    }
    mkdirSync(workspace.path('inner'));
    workspace.write('inner/a', 'x');
    symlinkSync('inner', workspace.path('way'));
    expect(await workspace.digest('way/a')).toMatchObject({ kind: 'file', bytes: 1 });
    expect(await workspace.digest(workspace.path('inner', 'a'))).toMatchObject({ kind: 'file', bytes: 1 });
  });

  it('of a pipe, or of a folder with one, is refused in words', async () => {
    mkdirSync(workspace.path('data'));
    execFileSync('mkfifo', [workspace.path('data/pipe')]);
    for (const path of ['data/pipe', 'data']) {
      const refused = workspace.files.digest([path]);
      await expect(refused).rejects.toMatchObject({
        code: 'FILE_UNUSABLE',
        message: expect.stringMatching(/^data\/pipe is a pipe, a socket or a device/),
        hint: expect.stringContaining('Take it out of the folder'),
      });
    }
  });

  it('knows names of any bytes, as long as a disk takes', async () => {
    const folder = Buffer.concat([Buffer.from(`${workspace.folder}/data`)]);
    mkdirSync(folder);
    const names = [
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from('a\nb'),
      Buffer.alloc(255, 'n'),
      Buffer.from('ñandú 🏆'),
    ];
    for (const name of names) writeFileSync(Buffer.concat([folder, Buffer.from('/'), name]), name);
    const before = await workspace.digest('data');
    expect(before).toMatchObject({ files: 4, bytes: 3 + 3 + 255 + Buffer.byteLength('ñandú 🏆') });
    expect(await workspace.digest('data/ñandú 🏆')).toMatchObject({ bytes: Buffer.byteLength('ñandú 🏆') });
    renameSync(Buffer.concat([folder, Buffer.from([0x2f, 0xff, 0xfe, 0x80])]), workspace.path('data', 'plain'));
    const now = await workspace.digest('data');
    const changes = await workspace.files.changesBetween(before?.sha256 ?? '', now?.sha256 ?? '');
    expect(changes?.changes.map(({ path }) => path)).toEqual(['plain', '\\xff\\xfe\\x80']);
  });

  it('sees what was written with the very times it had', async () => {
    const time = new Date(Date.now() - 3_600_000);
    workspace.write('data/a.csv', 'one');
    utimesSync(workspace.path('data/a.csv'), time, time);
    const before = await workspace.digest('data');
    workspace.write('data/a.csv', 'two');
    utimesSync(workspace.path('data/a.csv'), time, time);
    expect((await workspace.digest('data'))?.sha256).not.toBe(before?.sha256);
  });
});
