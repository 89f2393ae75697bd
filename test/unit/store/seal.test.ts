import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealFor } from '../../../daemon/store/seal.ts';
import { userKey } from '../../../daemon/store/user-key.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

describe('the key of a user', () => {
  const key = () => userKey(workspace.path('home', 'crisol'));

  it('is made once, and only this user can read it', () => {
    const first = key();
    expect(first).toHaveLength(32);
    expect(key()).toEqual(first);
    expect(readdirSync(workspace.path('home', 'crisol'))).toEqual(['key']);
    expect(statSync(workspace.path('home', 'crisol', 'key')).mode & 0o777).toBe(0o600);
    expect(statSync(workspace.path('home', 'crisol')).mode & 0o777).toBe(0o700);
  });

  it.each(['', 'short', 'x'.repeat(33)])('is made anew when it is damaged: "%s"', (text) => {
    workspace.write('home/crisol/key', text);
    const first = key();
    expect(first).toHaveLength(32);
    expect(first.toString()).not.toBe(text);
    expect(key()).toEqual(first);
  });

  it('cannot be guessed where it cannot be kept', () => {
    workspace.write('home', 'a file');
    expect(key()).toHaveLength(32);
    expect(key()).not.toEqual(key());
  });
});

describe('a seal', () => {
  const key = Buffer.alloc(32, 1);

  it('fits the same words in the same folder, however that is written', () => {
    const seal = sealFor(workspace.folder, key)('pipeline', 'run');
    expect(sealFor(`${workspace.folder}/.`, key)('pipeline', 'run')).toBe(seal);
  });

  it('fits no other words, no other folder, and nothing of another user', () => {
    mkdirSync(workspace.path('copy'));
    const seal = sealFor(workspace.folder, key);
    const seals = [
      seal('pipeline', 'run'),
      seal('pipeline', 'run', ''),
      seal('pipelinerun'),
      seal('endpoint', 'run'),
      sealFor(workspace.path('copy'), key)('pipeline', 'run'),
      sealFor(workspace.folder, Buffer.alloc(32, 2))('pipeline', 'run'),
    ];
    expect(new Set(seals).size).toBe(seals.length);
  });
});
