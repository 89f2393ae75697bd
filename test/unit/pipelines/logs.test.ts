import { appendFileSync, mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastWords } from '../../../daemon/pipelines/engine/last-words.ts';
import { LocalHandle } from '../../../daemon/pipelines/executors/local/handle.ts';
import { placeOf } from '../../../daemon/pipelines/executors/local/places.ts';
import { pageOf } from '../../../daemon/pipelines/logs/page.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const ID = 'run/train/1';

function append(bytes: string | Uint8Array, { folder } = workspace): void {
  const place = placeOf(folder, ID);
  mkdirSync(place.folder, { recursive: true });
  appendFileSync(place.log, bytes);
}

const step = ({ folder } = workspace) => new LocalHandle(ID, placeOf(folder, ID));
const read = async (offset: number, of = workspace) => {
  const { text, next_offset } = await pageOf(step(of), { offset });
  return { text, next_offset };
};

it('is empty before the step has written, and beyond the end', async () => {
  expect(await read(0)).toEqual({ text: '', next_offset: 0 });
  append('abc');
  for (const offset of [3, 4, 1e9, Number.MAX_SAFE_INTEGER, 1e300]) {
    expect(await read(offset)).toEqual({ text: '', next_offset: offset });
  }
});

it('goes on where it was left, in bytes', async () => {
  append('ñandú\n');
  expect(await read(0)).toEqual({ text: 'ñandú\n', next_offset: 8 });
  append('🏆\n');
  expect(await read(8)).toEqual({ text: '🏆\n', next_offset: 13 });
});

it('waits for the rest of a character that is half written', async () => {
  const trophy = Buffer.from('🏆');
  append('a');
  for (let part = 1; part < 4; part++) {
    append(trophy.subarray(part - 1, part));
    expect(await read(0)).toEqual({ text: 'a', next_offset: 1 });
  }
  append(trophy.subarray(3));
  expect(await read(1)).toEqual({ text: '🏆', next_offset: 5 });
});

it('gives the whole text in pieces, however it was cut while it was written', async () => {
  const characters = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      characters,
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 200, maxLength: 200 }),
      async (text, cuts) => {
        const other = new TempWorkspace();
        try {
          const bytes = Buffer.from(text);
          let [written, offset, seen] = [0, 0, ''];
          for (const cut of cuts) {
            append(bytes.subarray(written, written + cut), other);
            written += cut;
            const part = await read(offset, other);
            seen += part.text;
            offset = part.next_offset;
          }
          expect(seen).toBe(bytes.toString('utf8'));
        } finally {
          other.dispose();
        }
      },
    ),
    { numRuns: 20, seed: 20260101 },
  );
});

it('comes in pages when it is long', async () => {
  append('é'.repeat(300_000));
  let [offset, seen] = [0, ''];
  for (let page = await read(0); page.text !== ''; page = await read(offset)) {
    expect(page.text.length).toBeLessThanOrEqual(256 * 1024);
    seen += page.text;
    offset = page.next_offset;
  }
  expect(seen).toBe('é'.repeat(300_000));
});

describe('the end', () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `línea ${n}\n`);
  const size = Buffer.byteLength(lines.join(''));

  it('is read from a line on, and what is before it page by page, until all of it is there', async () => {
    append(lines.join(''));
    const last = await pageOf(step(), { offset: -1000 });
    expect(last).toMatchObject({ next_offset: size, bytes: size, ended: false });
    expect(last.offset).toBeGreaterThan(size - 1000);
    let [from, seen, pages] = [last.offset, last.text, 1];
    while (from > 0) {
      const page = await pageOf(step(), { before: from });
      expect(page.next_offset).toBe(from);
      expect(lines).toContain(page.text.slice(0, page.text.indexOf('\n') + 1));
      [from, seen, pages] = [page.offset, page.text + seen, pages + 1];
    }
    expect(seen).toBe(lines.join(''));
    expect(pages).toBeLessThan(10);
  });

  it('is all of what is short, nothing of what is not there, and of one long line some whole characters', async () => {
    expect(await pageOf(step(), { offset: -10 })).toMatchObject({ offset: 0, text: '', next_offset: 0, bytes: 0 });
    append('ab');
    expect(await pageOf(step(), { offset: -10 })).toMatchObject({ offset: 0, text: 'ab', next_offset: 2 });
    expect(await pageOf(step(), { before: 0 })).toMatchObject({ offset: 0, text: '', next_offset: 0 });
    append('ñ'.repeat(1000));
    expect(await pageOf(step(), { offset: -7 })).toMatchObject({ text: 'ñññ', next_offset: 2002 });
  });
});

describe('the last lines', () => {
  it('are at most twenty', async () => {
    append(Array.from({ length: 100 }, (_, n) => `line ${n}\n`).join(''));
    const lines = (await lastWords(step())).tail.split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([20, 'line 80', 'line 99']);
  });

  it('are short even when a line is not', async () => {
    append('x'.repeat(1_000_000));
    expect((await lastWords(step())).tail.length).toBeLessThanOrEqual(8 * 1024);
  });

  it('are none when there is no output', async () => {
    expect((await lastWords(step())).tail).toBe('');
  });
});

describe('the line that says why', () => {
  it.each([
    ['Traceback\n  File "x.py"\nValueError: no such column\n', 'ValueError: no such column'],
    [
      'epoch 1\nDATA_COLUMN_MISSING: there is no column "x"\nUse the name of a column.',
      'DATA_COLUMN_MISSING: there is no column "x"',
    ],
    ['sklearn.exceptions.NotFittedError: fit first\nbye', 'sklearn.exceptions.NotFittedError: fit first'],
    ['one\n\n  two  \n', 'two'],
    ['', ''],
    [
      `Traceback (most recent call last):\n  File "t.py", line 1, in <module>\n    f()\nValueError: first\n${'more\n'.repeat(30)}`,
      'more',
    ],
    [
      `Traceback (most recent call last):\n  File "t.py", line 1, in <module>\n    f()\napp.Odd: first\n\nsecond\nthird\n`,
      'app.Odd: first',
    ],
  ])('of %j', async (output, line) => {
    append(output);
    expect((await lastWords(step())).telling).toBe(line);
  });
});

it('says in plain words why a step failed, whatever colours and bars it printed', async () => {
  append('Epoch 1\r\u001b[2KEpoch 2\n\u001b[31mValueError: bad\u001b[0m\n');
  expect((await lastWords(step())).telling).toBe('ValueError: bad');
});
