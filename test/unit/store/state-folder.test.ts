import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateFolder } from '../../../daemon/store/index.ts';
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
