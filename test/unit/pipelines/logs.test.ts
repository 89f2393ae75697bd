import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepFiles } from '../../../daemon/pipelines/executors/files.ts';
import { lastLines, readLog, tellingLine } from '../../../daemon/pipelines/logs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const append = (bytes: string | Uint8Array) => appendFileSync(stepFiles(workspace.folder, 'train').log, bytes);
const read = (offset: number) => readLog(workspace.folder, 'train', offset);

it('is empty before the step has written, and beyond the end', () => {
  expect(read(0)).toEqual({ text: '', next_offset: 0 });
  append('abc');
  for (const offset of [3, 4, 1e9, Number.MAX_SAFE_INTEGER, 1e300]) {
    expect(read(offset)).toEqual({ text: '', next_offset: offset });
  }
});

it('goes on where it was left, in bytes', () => {
  append('ñandú\n');
  expect(read(0)).toEqual({ text: 'ñandú\n', next_offset: 8 });
  append('🏆\n');
  expect(read(8)).toEqual({ text: '🏆\n', next_offset: 13 });
});

it('waits for the rest of a character that is half written', () => {
  const trophy = Buffer.from('🏆');
  append('a');
  for (let part = 1; part < 4; part++) {
    append(trophy.subarray(part - 1, part));
    expect(read(0)).toEqual({ text: 'a', next_offset: 1 });
  }
  append(trophy.subarray(3));
  expect(read(1)).toEqual({ text: '🏆', next_offset: 5 });
});

it('gives the whole text in pieces, however it was cut while it was written', () => {
  const characters = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      characters,
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 200, maxLength: 200 }),
      (text, cuts) => {
        const step = new TempWorkspace();
        try {
          const bytes = Buffer.from(text);
          const { log } = stepFiles(step.folder, 's');
          let [written, offset, seen] = [0, 0, ''];
          for (const cut of cuts) {
            appendFileSync(log, bytes.subarray(written, written + cut));
            written += cut;
            const part = readLog(step.folder, 's', offset);
            seen += part.text;
            offset = part.next_offset;
          }
          expect(seen).toBe(bytes.toString('utf8'));
        } finally {
          step.dispose();
        }
      },
    ),
    { numRuns: 20, seed: 20260101 },
  );
});

it('comes in pages when it is long', () => {
  append('é'.repeat(300_000));
  let [offset, seen] = [0, ''];
  for (let page = read(0); page.text !== ''; page = read(offset)) {
    expect(page.text.length).toBeLessThanOrEqual(256 * 1024);
    seen += page.text;
    offset = page.next_offset;
  }
  expect(seen).toBe('é'.repeat(300_000));
});

describe('the last lines', () => {
  it('are at most twenty', () => {
    append(Array.from({ length: 100 }, (_, n) => `line ${n}\n`).join(''));
    const lines = lastLines(workspace.folder, 'train').split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([20, 'line 80', 'line 99']);
  });

  it('are short even when a line is not', () => {
    append('x'.repeat(1_000_000));
    expect(lastLines(workspace.folder, 'train').length).toBeLessThanOrEqual(8 * 1024);
  });

  it('are none when there is no output', () => {
    expect(lastLines(workspace.folder, 'train')).toBe('');
  });
});

it('keeps each step in files of its own, whatever its name', () => {
  const names = ['a/b', 'a%2Fb', '..', 'ñ 🏆', 'a"b'];
  const logs = names.map((name) => stepFiles('/f', name).log);
  expect(new Set(logs).size).toBe(names.length);
  for (const log of logs) expect(log).toMatch(/^\/f\/[^/]+$/);
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
  ])('of %j', (tail, line) => {
    expect(tellingLine(tail)).toBe(line);
  });
});

it('says in plain words why a step failed, whatever colours and bars it printed', () => {
  append('Epoch 1\r\u001b[2KEpoch 2\n\u001b[31mValueError: bad\u001b[0m\n');
  expect(tellingLine(lastLines(workspace.folder, 'train'))).toBe('ValueError: bad');
});
