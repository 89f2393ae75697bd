import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { listenToLastWords } from '../../../daemon/life/last-words.ts';

async function wordsOf(script: string): Promise<string | undefined> {
  const words = listenToLastWords();
  await once(spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', words.stdio] }), 'exit');
  const read = words.read();
  words.close();
  expect(words.read()).toBeUndefined();
  return read;
}

it('quotes the error of a program that broke', async () => {
  expect(await wordsOf('throw new TypeError("no such thing")')).toBe('TypeError: no such thing');
});

it('quotes the last line when there is no error', async () => {
  expect(await wordsOf('console.error("one\\n\\ntwo\\n")')).toBe('two');
});

it('has nothing to quote of one that was silent', async () => {
  expect(await wordsOf('process.exit(3)')).toBeUndefined();
});
