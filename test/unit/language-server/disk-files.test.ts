import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DiskFiles } from '../../../language-server/providers/disk-files.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
const files = new DiskFiles();
const addressOf = (path: string) => pathToFileURL(workspace.path(path)).href;

/** What a folder's file says, once it was looked at. */
async function read(folder: string, path: string) {
  files.read(addressOf(folder), path);
  await files.settled(10_000);
  return files.read(addressOf(folder), path);
}

beforeEach(() => {
  workspace = new TempWorkspace({ files: { 'a/params.yaml': 'x: 1\n', 'b/params.yaml': 'x: 1\n' } });
});
afterEach(() => workspace.dispose());

it('what lies around an open file stays known, and what no open file needs is forgotten', async () => {
  await read('a', 'params.yaml');
  await read('b', 'params.yaml');
  workspace.write('a/params.yaml', 'x: 2\n');
  workspace.write('b/params.yaml', 'x: 2\n');
  files.keep([addressOf('a/deep/er/part.crisol.yaml'), 'untitled:crisol.yaml']);
  expect(files.read(addressOf('a'), 'params.yaml')).toEqual({ text: 'x: 1\n' });
  expect(files.read(addressOf('b'), 'params.yaml')).toBe('unknown');
  expect(await read('b', 'params.yaml')).toEqual({ text: 'x: 2\n' });
});

it('text that is no UTF-8 is refused, as where it is run', async () => {
  workspace.write('a/params.yaml', new Uint8Array([0x78, 0x3a, 0x20, 0xe9]));
  expect(await read('a', 'params.yaml')).toEqual({ problem: 'is not written in UTF-8' });
});
