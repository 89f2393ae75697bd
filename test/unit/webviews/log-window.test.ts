import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { styledOutput } from '../../../schemas/styled-output.ts';
import type { StepLog } from '../../../schemas/wire/pipelines.ts';
import type { LogWindow } from '../../../webviews/runs/log/window.ts';
import {
  holds,
  lineAt,
  linesOf,
  lookedThrough,
  movedTo,
  nextOf,
  startOf,
  taken,
  wanted,
} from '../../../webviews/runs/log/window.ts';

const line = (at: number): string => `línea ${at} ${'\u001b'}[3${at % 8}mcolour\n`;
const OUTPUT = Buffer.from(Array.from({ length: 40_000 }, (_, at) => line(at)).join(''));

function page(offset: number, next: number, bytes = OUTPUT.length): StepLog {
  return { attempt: 1, offset, text: OUTPUT.toString('utf8', offset, next), next_offset: next, bytes, ended: false };
}

const textsOf = (window: LogWindow) => linesOf(window).map(({ text }) => text);
const lineStart = (from: number) => OUTPUT.indexOf('\n', from) + 1;

test('what comes piece by piece is what all of it would be, wherever it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { minLength: 1, maxLength: 12 }), (sizes) => {
      let window: LogWindow | undefined;
      let at = 0;
      for (const size of sizes) {
        let next = at + size;
        // pages are cut between characters
        while (((OUTPUT[next] ?? 0) & 0xc0) === 0x80) next++;
        window = taken(window, page(at, next));
        at = next;
      }
      if (!window || at === 0) return;
      const whole = styledOutput(OUTPUT.toString('utf8', 0, at));
      expect(linesOf(window).map(({ spans, text }) => ({ spans, text }))).toEqual(whole);
      expect([startOf(window), nextOf(window)]).toEqual([0, at]);
      expect(linesOf(window).map(({ id }) => id)).toEqual(whole.map((_, id) => id));
    }),
    { seed: 20260101, numRuns: 20 },
  );
});

describe('where to read', () => {
  const atEnd = { isAtEnd: true, isAtTop: false, isSearched: false };
  const atTop = { isAtEnd: false, isAtTop: true, isSearched: false };

  test('all that can be held, once words are searched for', () => {
    const large = 'x'.repeat(250_000);
    const [all, page] = [40, large.length];
    const log = (at: number) => ({
      attempt: 1,
      offset: at * page,
      text: large,
      next_offset: (at + 1) * page,
      bytes: all * page,
      ended: true,
    });
    let window = taken(undefined, log(all - 1), true);
    expect(wanted(window, atEnd)).toBeNull();
    let place = wanted(window, { ...atEnd, isSearched: true });
    for (let at = all - 2; place !== null; at--) {
      expect(place).toEqual({ before: startOf(window), attempt: 1 });
      window = taken(window, log(at), true);
      place = wanted(window, { ...atEnd, isSearched: true });
    }
    expect(nextOf(window)).toBe(all * page);
    expect(nextOf(window) - startOf(window)).toBeGreaterThan(4_500_000);
    expect(nextOf(window) - startOf(window)).toBeLessThan(5_000_001);
  });

  test('first the end, then what comes, and before it when one looks there', () => {
    expect(wanted(undefined, atEnd)).toBeNull();
    const empty = taken(undefined, page(OUTPUT.length, OUTPUT.length));
    expect(wanted(empty, atEnd)).toEqual({ offset: -262_144, attempt: 1 });
    const from = lineStart(OUTPUT.length - 262_144);
    const end = taken(empty, page(from, OUTPUT.length), true);
    expect(wanted(end, atEnd)).toBeNull();
    expect(wanted(end, atTop)).toEqual({ before: from, attempt: 1 });
    const more = taken(end, { ...page(from, from), text: '', bytes: OUTPUT.length + 10 });
    expect(wanted(more, atEnd)).toEqual({ offset: OUTPUT.length, attempt: 1 });
    expect(wanted(more, atTop)).toEqual({ before: from, attempt: 1 });
  });

  test('who is far behind is shown the end', () => {
    const window = taken(taken(undefined, page(0, 1000)), { ...page(0, 0), bytes: 50_000_000 });
    expect(wanted(window, atEnd)).toEqual({ offset: -262_144, attempt: 1 });
    const jumped = taken(window, { ...page(0, 1000), offset: 49_999_000, next_offset: 50_000_000 }, true);
    expect([startOf(jumped), nextOf(jumped)]).toEqual([49_999_000, 50_000_000]);
  });

  test('of a step without output nothing', () => {
    expect(wanted(taken(undefined, { ...page(0, 0), bytes: 0 }), atEnd)).toBeNull();
  });
});

test('what is read backwards stands before the rest, and no line changes its id', () => {
  const from = lineStart(700_000);
  const before = lineStart(500_000);
  const end = taken(undefined, page(from, lineStart(900_000)), true);
  const window = taken(end, page(before, from), true);
  expect(textsOf(window)).toEqual(
    styledOutput(OUTPUT.toString('utf8', before, lineStart(900_000))).map(({ text }) => text),
  );
  const idOf = (of: LogWindow, text: string) => linesOf(of).find((one) => one.text === text)?.id;
  const known = linesOf(end)[7]?.text ?? '';
  expect(idOf(window, known)).toBe(idOf(end, known));
  const ids = linesOf(window).map(({ id }) => id ?? expect.fail());
  expect(ids).toEqual(ids.map((_, at) => (ids[0] ?? 0) + at));
});

test('it holds some megabytes, whichever way it grows', () => {
  const large = `${'x'.repeat(99)}\n`.repeat(2000);
  const log = (offset: number, bytes: number): StepLog => {
    return { attempt: 1, offset, text: large, next_offset: offset + large.length, bytes, ended: false };
  };
  const all = 100 * large.length;
  let window = taken(undefined, log(50 * large.length, all), true);
  for (let at = 51; at < 100; at++) window = taken(window, log(at * large.length, all), true);
  expect(nextOf(window) - startOf(window)).toBeLessThan(5_300_000);
  expect(nextOf(window)).toBe(all);
  for (let at = startOf(window); at > 0; at = startOf(window)) {
    window = taken(window, log(at - large.length, all), true);
    expect(nextOf(window) - startOf(window)).toBeLessThan(5_300_000);
  }
  // going down again leaves nothing out, however far it is
  expect(wanted(window, { isAtEnd: true, isAtTop: false, isSearched: false })).toEqual({
    offset: nextOf(window),
    attempt: 1,
  });
});

test('a progress bar without an end is the line that was written last', () => {
  let window: LogWindow | undefined;
  let offset = 0;
  for (let at = 0; at < 1000; at++) {
    const text = `\r${at} of 1000 ${'#'.repeat(40)}`;
    window = taken(window, { attempt: 1, offset, text, next_offset: offset + text.length, bytes: 1e6, ended: false });
    offset += text.length;
  }
  expect(textsOf(window ?? expect.fail())).toEqual([`999 of 1000 ${'#'.repeat(40)}`]);
});

test('another attempt begins anew, and what is left of the one before is not mixed with it', () => {
  const first = taken(undefined, page(0, 1000));
  const other = { attempt: 2, offset: 0, text: 'again\n', next_offset: 6, bytes: 6, ended: false };
  const second = taken(first, other);
  expect(textsOf(second)).toEqual(['again']);
  expect(taken(second, page(1000, 2000))).toBe(second);
});

describe('to another place', () => {
  const far = lineStart(300_000);
  const end = taken(undefined, page(lineStart(600_000), OUTPUT.length), true);
  const before = page(lineStart(200_000), far);
  const moved = movedTo(end, 'found', page(far, far + 50_000), before);

  test('the window goes with what stands before the line, and the line has an id that no other had', () => {
    expect([startOf(moved), nextOf(moved)]).toEqual([before.offset, far + 50_000]);
    const all = linesOf(moved);
    const line = all.find(({ id }) => id === lineAt(moved, far));
    expect(line?.text).toBe(styledOutput(OUTPUT.toString('utf8', far, far + 100))[0]?.text);
    const known = new Set(linesOf(end).map(({ id }) => id));
    expect(all.filter(({ id }) => known.has(id))).toEqual([]);
  });

  test('what was asked for before does not lead away again, and one reads on in both directions', () => {
    expect(textsOf(taken(moved, page(lineStart(500_000), lineStart(600_000)), true))).toEqual(textsOf(moved));
    expect(wanted(moved, { isAtEnd: true, isAtTop: false, isSearched: true })).toEqual({
      offset: far + 50_000,
      attempt: 1,
    });
    expect(wanted(moved, { isAtEnd: false, isAtTop: true, isSearched: false })).toEqual({
      before: before.offset,
      attempt: 1,
    });
    expect(wanted(moved, { isAtEnd: false, isAtTop: false, isSearched: true })).toBeNull();
    const on = taken(moved, page(far + 50_000, OUTPUT.length), true);
    expect([nextOf(on), on.isCut]).toEqual([OUTPUT.length, false]);
  });

  test('of an attempt that is over it does not go', () => {
    const second = taken(undefined, { ...page(0, 100), attempt: 2 });
    expect(movedTo(second, 'start', page(0, 1000))).toBe(second);
    expect(movedTo(end, 'start', { ...page(0, 100), attempt: 2 })).toMatchObject({ attempt: 2 });
  });

  test('what a search has looked through ends with a whole line, unless the last has the words as it is', () => {
    const next = lineStart(400_000) + 3;
    const window = movedTo(end, 'found', page(far, next));
    expect(lookedThrough(window, false)).toEqual({ from: far, to: lineStart(400_000) });
    expect(lookedThrough(window, true)).toEqual({ from: far, to: next });
    expect(lookedThrough(end, false)).toEqual({ from: startOf(end), to: OUTPUT.length });
  });

  test('what was found nowhere else is so as long as nothing goes or comes', () => {
    expect(holds(taken(end, page(lineStart(500_000), startOf(end)), true), end)).toBe(true);
    expect(holds(taken(end, { ...page(0, 0), bytes: OUTPUT.length + 1 }), end)).toBe(false);
    expect(holds(moved, end)).toBe(false);
  });
});
