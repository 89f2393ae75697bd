import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateFolder } from '../../../daemon/store/index.ts';
import { STATE_FILES } from '../../../schemas/state-folder.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const open = () => new StateFolder(workspace.folder);
const refusal = (code: string) => expect.objectContaining({ code });

it('makes a folder that only this user may enter, kept out of version control, and finds it again', () => {
  expect(open().file('store')).toBe(workspace.path('.crisol', 'store.db'));
  expect(statSync(workspace.path('.crisol')).mode & 0o777).toBe(0o700);
  expect(workspace.read('.crisol/.gitignore')).toBe('*\n');
  open();
});

it('finishes what an interrupted first start left', () => {
  workspace.write('.crisol/.gitignore', '*\n');
  workspace.write('.crisol/crisol.json.4711', '{"prod');
  open();
  expect(workspace.has('.crisol/crisol.json')).toBe(true);
});

it('closes to others a folder that came with a repository, begun or complete', () => {
  workspace.write('.crisol/.gitignore', '*\n');
  for (const mode of [0o755, 0o777]) {
    chmodSync(workspace.path('.crisol'), mode);
    open();
    expect(statSync(workspace.path('.crisol')).mode & 0o777).toBe(0o700);
  }
});

describe('refuses, and leaves alone,', () => {
  it('a folder of somebody else', () => {
    workspace.write('.crisol/notes.txt', 'mine');
    expect(open).toThrow(refusal('STORE_FOREIGN'));
    expect(readdirSync(workspace.path('.crisol'))).toEqual(['notes.txt']);
  });

  it('a file of that name', () => {
    workspace.write('.crisol', 'mine');
    expect(open).toThrow(refusal('STORE_FOREIGN'));
    expect(workspace.read('.crisol')).toBe('mine');
  });

  it('a link that leads nowhere', () => {
    symlinkSync(workspace.path('gone'), workspace.path('.crisol'));
    expect(open).toThrow(refusal('STORE_FOREIGN'));
    expect(workspace.has('gone')).toBe(false);
  });

  it('a link to a folder of the user', () => {
    mkdirSync(workspace.path('of-the-user'));
    symlinkSync(workspace.path('of-the-user'), workspace.path('.crisol'));
    expect(open).toThrow(refusal('STORE_FOREIGN'));
    expect(readdirSync(workspace.path('of-the-user'))).toEqual([]);
  });

  it.each([
    ...Object.values(STATE_FILES),
    '.gitignore',
    'crisol.json.4711',
    'store.db-wal',
    'predictions.db-shm',
    'logs/daemon.log',
    'logs/daemon.1.log',
    'backups/store-v1.db',
  ])('a folder whose %s is a link', (name) => {
    workspace.write('.crisol/crisol.json', '{"product":"crisol","layout":1}');
    workspace.write('of-the-user', 'mine');
    rmSync(workspace.path('.crisol', name), { force: true });
    mkdirSync(dirname(workspace.path('.crisol', name)), { recursive: true });
    symlinkSync(workspace.path('of-the-user'), workspace.path('.crisol', name));
    expect(open).toThrow(refusal('STORE_FOREIGN'));
    expect(open).toThrow(/is a link/);
    expect(workspace.read('of-the-user')).toBe('mine');
    expect(workspace.has('.crisol/store.db')).toBe(name === 'store.db');
  });

  it.runIf(process.platform !== 'win32')('a pipe in place of a file, without waiting for it', () => {
    mkdirSync(workspace.path('.crisol'));
    execFileSync('mkfifo', [workspace.path('.crisol', 'crisol.json')]);
    expect(open).toThrow(refusal('STORE_FOREIGN'));
  });

  // only root may give files away
  it.runIf(process.getuid?.() === 0)('what belongs to another user', () => {
    open();
    workspace.write('.crisol/store.db', '');
    chownSync(workspace.path('.crisol/store.db'), 12_345, 12_345);
    expect(open).toThrow(/store.db belongs to another user/);
    chownSync(workspace.path('.crisol/store.db'), 0, 0);
    chownSync(workspace.path('.crisol'), 12_345, 12_345);
    expect(open).toThrow(refusal('STORE_FOREIGN'));
  });

  it.each([
    ['the marker of another product', '{"product":"other","layout":1}', 'STORE_FOREIGN'],
    ['a marker without a product', '{}', 'STORE_FOREIGN'],
    ['a newer layout', '{"product":"crisol","layout":2}', 'STORE_NEWER'],
    ['a marker without a layout', '{"product":"crisol"}', 'STORE_CORRUPT'],
    ['a marker that was cut off', '{"product":"cri', 'STORE_CORRUPT'],
    ['an empty marker', '', 'STORE_CORRUPT'],
    ['null for a marker', 'null', 'STORE_FOREIGN'],
  ])('%s', (_what, marker, code) => {
    workspace.write('.crisol/crisol.json', marker);
    expect(open).toThrow(refusal(code));
    expect(workspace.read('.crisol/crisol.json')).toBe(marker);
    expect(readdirSync(workspace.path('.crisol'))).toEqual(['crisol.json']);
  });

  it('a folder in place of the marker', () => {
    mkdirSync(workspace.path('.crisol', 'crisol.json'), { recursive: true });
    expect(open).toThrow(refusal('STORE_CORRUPT'));
  });
});
