import { expect, test } from 'vitest';
import { afterBurst } from '../../../language-server/telling/burst.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('what comes turn after turn is answered once, when no more comes', async () => {
  const acted: string[][] = [];
  await new Promise<void>((resolve) => {
    const call = afterBurst<string>((things) => {
      acted.push([...things]);
      resolve();
    });
    // each message of an editor is read in a turn of its own
    void (async () => {
      for (const thing of ['a', 'b', 'a']) {
        call(thing);
        await nextTurn();
      }
    })();
  });
  expect(acted).toEqual([['a', 'b']]);
});

test('what comes later is answered again', async () => {
  const acted: string[][] = [];
  const waiting: (() => void)[] = [];
  const call = afterBurst<string>((things) => {
    acted.push([...things]);
    waiting.shift()?.();
  });
  for (const thing of ['a', 'b']) {
    const answered = new Promise<void>((resolve) => waiting.push(resolve));
    call(thing);
    await answered;
  }
  expect(acted).toEqual([['a'], ['b']]);
});
