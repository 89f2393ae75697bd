import { expect, test } from 'vitest';
import type { LogFinding } from '../../../schemas/wire/pipelines.ts';
import type { Hunt } from '../../../webviews/runs/log/hunt.ts';
import { after, huntFor, questionOf } from '../../../webviews/runs/log/hunt.ts';

/** The panel holds the bytes from 600 to 800 of 1000. */
const HELD = { from: 600, to: 800 };
const came = (next: number | null, change: Partial<LogFinding> = {}): LogFinding => ({
  ...{ attempt: 2, bytes: 1000, line: null, next },
  ...change,
});

/** The stretches that are asked for, and how much is done then. */
function asked(hunt: Hunt, ...findings: LogFinding[]) {
  const all = [hunt];
  for (const finding of findings) all.push(after(all.at(-1) ?? hunt, finding));
  return all.map((one) => {
    const { from, to } = questionOf(one) ?? {};
    return [from, to, Math.round(one.share * 1000) / 1000];
  });
}

test('forward it goes on behind what the panel holds, then from the beginning', () => {
  const hunt = huntFor('loss', 'forward', 2, HELD);
  expect(questionOf(hunt)).toEqual({ words: 'loss', direction: 'forward', attempt: 2, from: 800 });
  expect(asked(hunt, came(900), came(null), came(300), came(null))).toEqual([
    [800, undefined, 0],
    [900, undefined, 0.125],
    [undefined, 600, 0.25],
    [300, 600, 0.625],
    [undefined, undefined, 1],
  ]);
});

test('backward it goes on before what the panel holds, then from the end', () => {
  const hunt = huntFor('loss', 'backward', 2, HELD);
  expect(asked(hunt, came(100), came(null), came(900), came(null))).toEqual([
    [undefined, 600, 0],
    [undefined, 100, 0.625],
    [800, undefined, 0.75],
    [800, 900, 0.875],
    [undefined, undefined, 1],
  ]);
});

test('where the panel holds the beginning, only what follows is looked through', () => {
  expect(asked(huntFor('loss', 'backward', 2, { from: 0, to: 800 }), came(null))).toEqual([
    [800, undefined, 0],
    [undefined, undefined, 1],
  ]);
});

test('of another attempt all is looked through', () => {
  const hunt = after(huntFor('loss', 'forward', 2, HELD), came(20, { attempt: 3, bytes: 50 }));
  expect(questionOf(hunt)).toEqual({ words: 'loss', direction: 'forward', attempt: 3, from: 20 });
  expect(hunt.share).toBeCloseTo(0.4);
  expect(questionOf(after(hunt, came(null, { attempt: 3, bytes: 50 })))).toBeUndefined();
});

test('an output that grows makes no share less than it was', () => {
  let hunt = huntFor('loss', 'forward', 2, HELD);
  let share = 0;
  for (let at = 0; at < 50; at++) {
    hunt = after(hunt, came(900 + at * 100, { bytes: 1000 + at * 150 }));
    expect(hunt.share).toBeGreaterThanOrEqual(share);
    expect(hunt.share).toBeLessThanOrEqual(1);
    ({ share } = hunt);
  }
});
