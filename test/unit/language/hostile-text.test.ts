import { expect, test } from 'vitest';
import { parsePipelineFile } from '../../../schemas/language/index.ts';

const lines = (count: number, line: (k: number) => string) =>
  Array.from({ length: count }, (_, k) => line(k)).join('\n');
const LINES = 8_000;

/** Files of a few hundred kilobytes, each made to be held against itself line by line. */
const HOSTILE: [string, string][] = [
  ['thousands of unknown keys', lines(LINES, (k) => `a${k}: 1`)],
  ['thousands of anchors', lines(LINES, (k) => `a${k}: &b${k} 1`)],
  ['thousands of quotes that are never closed', `a: "${'\n  b: "'.repeat(LINES)}`],
  ['thousands of broken lines', lines(LINES, (k) => `a${k}: ]`)],
  [
    'thousands of steps that need what there is not',
    `steps:\n${lines(LINES / 2, (k) => `  s${k}: {run: x, needs: [z${k}]}`)}`,
  ],
];

test.each(HOSTILE)('%s are read in a time that grows with the file, not with its square', (_what, text) => {
  const started = process.cpuUsage();
  const { diagnostics } = parsePipelineFile(text);
  expect(diagnostics.length).toBeGreaterThan(0);
  // squared, each took from 5 to 30 seconds; processor time, since what a busy machine adds is not ours
  const { user, system } = process.cpuUsage(started);
  expect(user + system).toBeLessThan(4_000_000);
});
