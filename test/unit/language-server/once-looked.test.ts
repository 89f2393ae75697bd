import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver';
import { onceLooked } from '../../../language-server/answers/once-looked.ts';
import { DiskFiles } from '../../../language-server/providers/disk-files.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
let files: DiskFiles;
/** each time that an answer was made, what was known by then */
let told: string[];

const tell = () => {
  told.push(files.stateOf(pathToFileURL(workspace.folder).href, 'data.csv'));
  return told.at(-1);
};

beforeEach(() => {
  workspace = new TempWorkspace({ files: { 'data.csv': 'a\n1\n' } });
  files = new DiskFiles();
  told = [];
});
afterEach(() => workspace.dispose());

it('an answer tells what the disk has, and is made once where that is known', async () => {
  const { token } = new CancellationTokenSource();
  const question = { token, version: () => 1 };
  expect(await onceLooked(files, question, tell)).toBe('there');
  expect(await onceLooked(files, question, tell)).toBe('there');
  expect(told).toEqual(['unknown', 'there', 'there']);
});

it('an answer that nobody waits for any more is not made again', async () => {
  const source = new CancellationTokenSource();
  const answer = onceLooked(files, { token: source.token, version: () => 1 }, tell);
  source.cancel();
  expect(await answer).toBe('unknown');
  expect(told).toEqual(['unknown']);
});

it('an answer speaks of the text that was asked about, whatever was typed since', async () => {
  let version = 1;
  const { token } = new CancellationTokenSource();
  const answer = onceLooked(files, { token, version: () => version }, tell);
  version++;
  expect(await answer).toBe('unknown');
});
