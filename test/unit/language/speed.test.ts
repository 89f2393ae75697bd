import { describe, expect, it } from 'vitest';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { projectOf } from '../../../tools/bench/language/project.ts';
import { processorTime } from '../../support/processor-time.ts';

/** Milliseconds of the processor for the quickest of many: what a busy machine adds is not ours. */
function quickest(times: number, act: (time: number) => void): number {
  const all = Array.from({ length: times }, (_, time) => {
    const spent = processorTime();
    act(time);
    return spent();
  });
  return Math.min(...all);
}

/** A letter here, a line there, from the top to the bottom; after each the diagnostics are asked for. */
function typing(text: string, keys: number): number {
  let file = parsePipelineFile(text);
  return quickest(keys, (key) => {
    const before = file.document.text;
    const at = before.indexOf('target: result', (before.length * key) / keys) + 'target: '.length;
    const typed = key % 5 === 4 ? 'x # c\n      ' : 'x';
    file = parsePipelineFile(before.slice(0, at) + typed + before.slice(at), { before: file });
    expect(file.diagnostics.length).toBeLessThanOrEqual(key + 1);
  });
}

describe('a key stroke', () => {
  it('in 5,000 lines is answered at once', () => {
    expect(typing(projectOf(500), 40)).toBeLessThan(20);
  });

  it('in 50,000 lines within a tenth of a second', () => {
    expect(typing(projectOf(5000), 8)).toBeLessThan(100);
  });
});

it('5,000 lines are read within a third of a second', () => {
  const text = projectOf(500);
  const time = quickest(8, () => expect(parsePipelineFile(text).diagnostics).toEqual([]));
  expect(time).toBeLessThan(300);
});
