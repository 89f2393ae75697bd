import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver';
import { withExtents } from '../../../language-server/answers/with-extents.ts';
import type { ExtentOf } from '../../../language-server/features/hover/data.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
/** each time that an answer was made, how many rows were known by then */
let told: (number | undefined)[];

const tell = async (extentOf: ExtentOf) => {
  told.push(extentOf(pathToFileURL(workspace.folder).href, 'data.csv')?.rows.count);
  return told.at(-1);
};

beforeEach(() => {
  workspace = new TempWorkspace({ files: { 'data.csv': 'a\n1\n' } });
  told = [];
});
afterEach(() => workspace.dispose());

it('an answer tells how much is in a table now', async () => {
  const { token } = new CancellationTokenSource();
  const question = { token, version: () => 1 };
  expect(await withExtents(question, tell)).toBe(1);
  workspace.write('data.csv', 'a\n1\n2\n');
  expect(await withExtents(question, tell)).toBe(2);
  expect(told).toEqual([undefined, 1, undefined, 2]);
});

it('an answer that speaks of no table is made once', async () => {
  const { token } = new CancellationTokenSource();
  let times = 0;
  await withExtents({ token, version: () => 1 }, async () => times++);
  expect(times).toBe(1);
});

it('an answer that nobody waits for any more is not made again', async () => {
  const source = new CancellationTokenSource();
  const answer = withExtents({ token: source.token, version: () => 1 }, tell);
  source.cancel();
  expect(await answer).toBeUndefined();
  expect(told).toEqual([undefined]);
});

it('an answer speaks of the text that was asked about, whatever was typed since', async () => {
  let version = 1;
  const { token } = new CancellationTokenSource();
  const answer = withExtents({ token, version: () => version }, tell);
  version++;
  expect(await answer).toBeUndefined();
});
