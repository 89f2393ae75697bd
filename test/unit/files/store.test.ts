import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../../schemas/pipelines/digest.ts';
import { FilesWorkspace } from './workspace.ts';

let workspace: FilesWorkspace;
beforeEach(() => {
  workspace = new FilesWorkspace();
});
afterEach(() => workspace.end());

function writeModel(): void {
  workspace.write('out/model.bin', 'weights');
  workspace.write('out/sub/deep/large.bin', Buffer.alloc(3 << 20, 'large'));
  workspace.write('out/run.sh', '#!/bin/sh');
  chmodSync(workspace.path('out/run.sh'), 0o755);
  mkdirSync(workspace.path('out/empty'));
  symlinkSync('sub/deep/large.bin', workspace.path('out/latest'));
}

function objects(): string[] {
  const folder = workspace.path('.crisol/cache/objects');
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? join(entry.parentPath, entry.name) : [],
  );
}

describe('what was kept', () => {
  it('comes back as it was: contents, links, empty folders, what may be run', async () => {
    writeModel();
    const digest = await workspace.files.keep('out');
    expect(digest).toEqual(await workspace.digest('out'));
    expect(await workspace.files.has(digest)).toBe(true);
    rmSync(workspace.path('out'), { recursive: true });
    await workspace.files.restore('out', digest);
    expect(await workspace.digest('out')).toEqual(digest);
    expect(workspace.read('out/model.bin')).toBe('weights');
    expect(readlinkSync(workspace.path('out/latest'))).toBe('sub/deep/large.bin');
    expect(statSync(workspace.path('out/run.sh')).mode & 0o777).toBe(0o755);
    expect(statSync(workspace.path('out/model.bin')).mode & 0o777).toBe(0o644);
    await workspace.files.restore('elsewhere/copy', digest);
    expect(await workspace.digest('elsewhere/copy')).toEqual(digest);
  });

  it('comes back over what was edited, deleted, added or replaced by links; what is right is left as it is', async () => {
    writeModel();
    workspace.write('secret', 'not an out');
    const digest = await workspace.files.keep('out');
    const untouched = lstatSync(workspace.path('out/sub/deep/large.bin'));
    rmSync(workspace.path('out/model.bin'));
    symlinkSync(workspace.path('secret'), workspace.path('out/model.bin'));
    rmSync(workspace.path('out/empty'), { recursive: true });
    workspace.write('out/empty', 'a file now');
    rmSync(workspace.path('out/run.sh'));
    workspace.write('out/run.sh/inside', 'a folder now');
    workspace.write('out/more/and/more', 'x');
    expect(await workspace.digest('out')).not.toEqual(digest);
    await workspace.files.restore('out', digest);
    expect(await workspace.digest('out')).toEqual(digest);
    expect(lstatSync(workspace.path('out/sub/deep/large.bin'))).toMatchObject({ ino: untouched.ino });
    expect(workspace.read('secret')).toBe('not an out');
  });

  it('takes the place of a link or a file where a folder was, and leads nowhere else', async () => {
    writeModel();
    workspace.write('elsewhere/keep.txt', 'mine');
    const digest = await workspace.files.keep('out');
    const file = await workspace.files.keep('out/model.bin');
    rmSync(workspace.path('out'), { recursive: true });
    symlinkSync('elsewhere', workspace.path('out'));
    await workspace.files.restore('out', digest);
    expect(await workspace.digest('out')).toEqual(digest);
    await workspace.files.restore('out', file);
    expect(workspace.read('out')).toBe('weights');
    expect(readdirSync(workspace.path('elsewhere'))).toEqual(['keep.txt']);
  });

  it('is kept once, however often and wherever it lies', async () => {
    workspace.write('a/x', 'same');
    workspace.write('b/y', 'same');
    await workspace.files.keep('a');
    const before = objects();
    await workspace.files.keep('b');
    expect(objects()).toEqual(before);
    expect(await workspace.files.usage()).toMatchObject({ objects: 1, bytes: 4 });
  });

  it('that is damaged is never restored, and is kept no longer', async () => {
    writeModel();
    const digest = await workspace.files.keep('out');
    rmSync(workspace.path('out'), { recursive: true });
    const [object = ''] = objects().filter((path) => readFileSync(path).equals(Buffer.from('weights')));
    chmodSync(object, 0o644);
    writeFileSync(object, 'wEights');
    await expect(workspace.files.restore('out', digest)).rejects.toMatchObject({
      code: 'CACHE_DAMAGED',
      message: expect.stringContaining('out/model.bin'),
    });
    expect(workspace.has('out')).toBe(false);
    expect(await workspace.files.has(digest)).toBe(false);
    writeModel();
    expect(await workspace.files.keep('out')).toEqual(digest);
    rmSync(workspace.path('out'), { recursive: true });
    await workspace.files.restore('out', digest);
    expect(await workspace.digest('out')).toEqual(digest);
  });

  it('whose lists are gone or cut off is not there, and is kept anew', async () => {
    writeModel();
    const digest = await workspace.files.keep('out');
    await workspace.files.dispose();
    truncateSync(workspace.path('.crisol/cache/lists'), 100);
    await workspace.reopen();
    expect(await workspace.files.has(digest)).toBe(false);
    await expect(workspace.files.restore('copy', digest)).rejects.toMatchObject({ code: 'CACHE_DAMAGED' });
    await workspace.files.keep('out');
    await workspace.reopen();
    expect(await workspace.files.has(digest)).toBe(true);
  });

  it('is no link that leads out of the workspace', async () => {
    workspace.write('out/a', 'x');
    for (const target of ['/etc/passwd', '../../x', 'a/../../..', '..//../y']) {
      rmSync(workspace.path('out/link'), { force: true });
      symlinkSync(target, workspace.path('out/link'));
      await expect(workspace.files.keep('out')).rejects.toMatchObject({ code: 'FILE_OUTSIDE_WORKSPACE' });
    }
    rmSync(workspace.path('out/link'));
    symlinkSync(workspace.path('out/a'), workspace.path('out/link'));
    symlinkSync('../other', workspace.path('out/up'));
    await workspace.files.keep('out');
  });

  it('is neither the workspace itself nor what is git’s or ours', async () => {
    workspace.write('.git/HEAD', 'ref');
    for (const path of ['.', '.git', '.crisol/cache', 'a/.git/b']) {
      await expect(workspace.files.keep(path)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
      await expect(workspace.files.remove(path)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    }
    await expect(workspace.files.keep('nothing')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});

describe('what lies in the way', () => {
  it('is set aside whole, or removed but for what git has there', async () => {
    writeModel();
    const digest = await workspace.digest('out');
    expect(await workspace.files.setAside('out', '.crisol/runs/1/out')).toBe(true);
    expect(await workspace.files.setAside('out', '.crisol/runs/1/again')).toBe(false);
    expect(existsSync(workspace.path('out'))).toBe(false);
    expect(readFileSync(workspace.path('.crisol/runs/1/out/model.bin'), 'utf8')).toBe('weights');
    writeModel();
    await expect(workspace.files.setAside('out', '.crisol/runs/1/out')).rejects.toThrow('something at');
    expect(await workspace.digest('out')).toEqual(digest);
    workspace.write('out/sub/.git/HEAD', 'ref');
    expect(await workspace.files.remove('out')).toBe(true);
    expect(execFileSync('find', ['out', '-type', 'f'], { cwd: workspace.folder, encoding: 'utf8' })).toBe(
      'out/sub/.git/HEAD\n',
    );
    expect(await workspace.files.remove('nothing')).toBe(false);
  });
});

describe('garbage', () => {
  const old = (paths: string[]) => {
    for (const path of paths) execFileSync('touch', ['-d', '1 hour ago', path]);
  };

  it('is what nothing needs; what was kept just now is none', async () => {
    writeModel();
    workspace.write('other/a', 'other');
    const needed: Digest[] = [await workspace.files.keep('out')];
    await workspace.files.keep('other');
    expect(await workspace.files.collect([])).toEqual({ objects: 0, bytes: 0 });
    old(objects());
    expect(await workspace.files.collect(needed, { dryRun: true })).toEqual({ objects: 1, bytes: 5 });
    expect(await workspace.files.collect(needed)).toEqual({ objects: 1, bytes: 5 });
    expect(await workspace.files.collect(needed)).toEqual({ objects: 0, bytes: 0 });
    rmSync(workspace.path('out'), { recursive: true });
    for (const digest of needed) await workspace.files.restore('out', digest);
    expect(await workspace.digest('out')).toEqual(needed[0]);
  });

  it('is not what is kept or restored at that moment', async () => {
    writeModel();
    const digest = await workspace.files.keep('out');
    old(objects());
    const [kept] = await Promise.all([workspace.files.keep('out'), workspace.files.collect([])]);
    expect(await workspace.files.has(kept)).toBe(true);
    old(objects());
    await Promise.all([workspace.files.restore('copy', digest), workspace.files.collect([])]);
    expect(await workspace.digest('copy')).toEqual(digest);
  });
});

describe('with hard links', () => {
  it('a script that writes into a restored out does not change the store', async () => {
    await workspace.files.dispose();
    workspace.dispose();
    workspace = new FilesWorkspace({ hardlinks: true });
    writeModel();
    const digest = await workspace.files.keep('out');
    await workspace.files.remove('out');
    await workspace.files.restore('out', digest);
    const file = workspace.path('out/model.bin');
    // the administrator is held off by no mark: then nothing is shared
    try {
      appendFileSync(file, ' and more');
    } catch {
      expect(statSync(file).nlink).toBe(2);
      await workspace.files.unprotect('out');
      appendFileSync(file, ' and more');
    }
    expect(workspace.read('out/model.bin')).toBe('weights and more');
    await workspace.files.restore('out', digest);
    expect(workspace.read('out/model.bin')).toBe('weights');
    expect(await workspace.digest('out')).toEqual(digest);
  });
});
