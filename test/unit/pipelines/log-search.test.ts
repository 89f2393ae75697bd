import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalHandle } from '../../../daemon/pipelines/executors/local/handle.ts';
import { placeOf } from '../../../daemon/pipelines/executors/local/places.ts';
import type { ReadLog } from '../../../daemon/pipelines/logs/lines.ts';
import type { Finding, Sought } from '../../../daemon/pipelines/logs/search.ts';
import { searchLog } from '../../../daemon/pipelines/logs/search.ts';
import { styledOutput } from '../../../schemas/styled-output.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const ID = 'run/train/1';

/** A step that printed this; `part`: it is read in parts of so many bytes at most. */
function printed(text: string | Buffer, { missing = 0, part = Number.POSITIVE_INFINITY } = {}): ReadLog {
  const place = placeOf(workspace.folder, ID);
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(place.log, text);
  const handle = new LocalHandle(ID, place, { missing });
  return (offset, most) => handle.log(offset, Math.min(most, part));
}

/** To its end, a moment after the other. */
async function search(log: ReadLog, sought: Sought, ms?: number): Promise<number | null> {
  const isForward = sought.direction === 'forward';
  for (let rest: Sought | null = sought; rest; ) {
    const { line, next }: Finding = await searchLog(log, rest, ms);
    if (line !== null || next === null) return line;
    rest = { ...rest, ...(isForward ? { from: next } : { to: next }) };
  }
  return null;
}

/** Looks at each line as the panel draws it. */
function naively(text: string, { words, direction, from = 0, to = Number.POSITIVE_INFINITY }: Sought): number | null {
  const found: number[] = [];
  let begins = 0;
  for (const line of text.split('\n')) {
    const shown = styledOutput(line)[0]?.text ?? '';
    if (begins >= from && begins < to && shown.toLowerCase().includes(words.toLowerCase())) found.push(begins);
    begins += Buffer.byteLength(line) + 1;
  }
  return (direction === 'forward' ? found.at(0) : found.at(-1)) ?? null;
}

const E = '\u001b[';
const pieces = fc.constantFrom(
  ...['\n', '\n', '\n', '\r\n', '\r', '\t', ' ', 'loss', 'LOSS', 'lo', 'ss', 'ñ', 'Ñandú', '🏆', '界', 'a', 'b', '°'],
  ...[`${E}31m`, `${E}0m`, `${E}K`, `lo${E}1mss`, '\u001b]0;loss\u0007', '\u001b]8;;loss', '\u0007', '\u0085', '\b'],
  ...['::group::', '\n::group::', '\n::endgroup::', '##[group]', '\n##[endgroup]'],
);
const words = fc.constantFrom(
  'loss',
  'SS',
  'o',
  'ñ',
  'Ñand',
  '🏆',
  'a    b',
  ' a',
  'a b',
  'group',
  'ss\\',
  'nowhere',
  '°',
);
const directions = fc.constantFrom('forward', 'backward');

describe('a search in what a step printed', () => {
  it('finds what a look at each line finds, however it is read and in however many moments', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces, { maxLength: 80 }).map((all) => all.join('')),
        words,
        directions,
        fc.option(fc.nat(200), { nil: undefined }),
        fc.option(fc.nat(300), { nil: undefined }),
        fc.integer({ min: 1, max: 40 }),
        async (text, words, direction, from, to, part) => {
          const sought: Sought = { words, direction, from, to };
          expect(await search(printed(text, { part }), sought, 0)).toBe(naively(text, sought));
        },
      ),
      { seed: 20260101, numRuns: 500 },
    );
  });

  it('finds it likewise where the output is larger than what is read at once', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, directions, fc.nat(9), async (sizes, direction, at) => {
        const filler = (size: number) => `línea ${E}2m${'x'.repeat(size % 97)}\n`.repeat(Math.ceil(size / 100));
        const text = sizes.map((size) => `${filler(size)}here it ${E}1mis 界\n`).join('');
        const middle = Math.floor((Buffer.byteLength(text) * at) / 10);
        for (const words of ['it IS', 'is 界', 'nowhere']) {
          for (const part of [{}, { from: middle }, { to: middle }]) {
            const sought: Sought = { words, direction, ...part };
            expect(await search(printed(text), sought, 0)).toBe(naively(text, sought));
          }
        }
      }),
      { seed: 20260101, numRuns: 6 },
    );
  });

  it('finds words in a line without an end, wherever they stand in it', async () => {
    const size = 3_000_000;
    for (const at of [0, 65_530, 524_282, 1_500_000, size - 4]) {
      const bytes = Buffer.from(`first\n${'x'.repeat(size)}`);
      bytes.write('HERE', 6 + at);
      for (const direction of ['forward', 'backward'] as const) {
        const line = (await search(printed(bytes), { words: 'here', direction })) ?? expect.fail();
        expect(line).toBeLessThanOrEqual(6 + at);
        expect(6 + at - line).toBeLessThanOrEqual(65_532);
      }
      expect(await search(printed(bytes), { words: 'first', direction: 'backward' })).toBe(0);
    }
  });

  it.each(['forward', 'backward'] as const)(
    'goes %s from place to place in such a line, and leaves none out',
    async (direction) => {
      const places = [5, 60_000, 130_000, 400_000, 700_000, 1_400_000, 1_400_500, 1_999_000];
      const bytes = Buffer.alloc(2_000_000, 'x');
      for (const place of places) bytes.write('HERE', place);
      const missed = new Set(places);
      const shown = 56 * 1024;
      for (let rest = {}, turns = 0; turns < 40; turns++) {
        const line = await search(printed(bytes), { words: 'here', direction, ...rest }, 0);
        if (line === null) break;
        for (const place of places.filter((place) => place >= line && place < line + 65_536)) missed.delete(place);
        // what is shown then is not looked through again
        rest = direction === 'forward' ? { from: line + shown } : { to: line };
      }
      expect([...missed]).toEqual([]);
    },
  );

  it('finds of a progress bar that is larger than what is read at once what was written last', async () => {
    const bar = Array.from({ length: 100_000 }, (_, at) => `\r${at} of 100000 ${'#'.repeat(10)}`).join('');
    const text = `begin\n${bar}\nend\n`;
    for (const direction of ['forward', 'backward'] as const) {
      expect(await search(printed(text), { words: '99998 of', direction })).toBeNull();
      const line = (await search(printed(text), { words: '99999 of', direction })) ?? expect.fail();
      expect(text.slice(line).trimStart().slice(0, 8)).toBe('99999 of');
      expect(await search(printed(text), { words: 'end', direction })).toBe(text.length - 4);
      expect(await search(printed(text), { words: 'begin', direction })).toBe(0);
    }
  });

  it('finds words between bytes that are no text', async () => {
    const noise = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919 + (at >> 8)) % 256));
    const bytes = Buffer.concat([noise, Buffer.from('\nthe words\n'), noise]);
    for (const direction of ['forward', 'backward'] as const) {
      expect(await search(printed(bytes), { words: 'THE WORDS', direction })).toBe(noise.length + 1);
    }
  });

  it('goes by the places that lines had before their beginning was given up', async () => {
    const log = printed('rest of a line\nwords\nlast\n', { missing: 1_000_000 });
    expect(await search(log, { words: 'words', direction: 'forward' })).toBe(1_000_015);
    expect(await search(log, { words: 'words', direction: 'forward', from: 7, to: 500 })).toBeNull();
    expect(await search(log, { words: 'words', direction: 'backward' })).toBe(1_000_015);
    expect(await search(log, { words: 'rest', direction: 'backward', to: 1_000_010 })).toBe(1_000_000);
  });

  it('ends where the output is shortened or goes away meanwhile', async () => {
    const log = printed(`${'no\n'.repeat(1_000_000)}words\n`);
    const first = await searchLog(log, { words: 'words', direction: 'forward' }, 0);
    expect(first).toEqual({ line: null, next: expect.any(Number), bytes: 3_000_006 });
    truncateSync(placeOf(workspace.folder, ID).log, 10);
    expect(await search(log, { words: 'words', direction: 'forward', from: first.next ?? 0 })).toBeNull();
    expect(await search(log, { words: 'words', direction: 'backward', to: 3_000_000 })).toBeNull();
  });

  it('of a step that printed nothing finds nothing', async () => {
    expect(await searchLog(printed(''), { words: 'x', direction: 'forward' })).toEqual({
      line: null,
      next: null,
      bytes: 0,
    });
    expect(await searchLog(printed(''), { words: 'x', direction: 'backward' })).toEqual({
      line: null,
      next: null,
      bytes: 0,
    });
  });
});
