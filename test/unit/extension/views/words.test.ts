import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coalesce } from '../../../../extension/views/coalesce.ts';
import { codeBlock, commandLink, escaped, table } from '../../../../extension/views/markdown.ts';
import { ago, exactTime, metric, metricThatMatters } from '../../../../extension/views/words.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

test.each([
  [0, 'just now'],
  [-5000, 'just now'],
  [61_000, '1 minute ago'],
  [2 * 86_400_000, '2 days ago'],
])('%d ms ago reads %s', (passed, expected) => {
  expect(ago(1e12 - passed, 1e12)).toBe(expected);
});

test.each([
  [0.61234, '0.612'],
  [12.345, '12.3'],
  [40, '40'],
  [0.00001, '1.00e-5'],
  [0, '0'],
  [-0.5, '-0.500'],
  [123456789, '1.23e+8'],
  ['NaN' as const, 'NaN'],
])('the metric %s reads %s', (value, expected) => {
  expect(metric(value)).toBe(expected);
});

test('f1_macro matters most, then accuracy, then what is there', () => {
  const keys = (...names: string[]) => names.map((key) => ({ key }));
  expect(metricThatMatters(keys('loss', 'accuracy', 'f1_macro'))?.key).toBe('f1_macro');
  expect(metricThatMatters(keys('loss', 'accuracy'))?.key).toBe('accuracy');
  expect(metricThatMatters(keys('loss'))?.key).toBe('loss');
  expect(metricThatMatters([])).toBeUndefined();
});

test('names of people stay text: no link, no command, no row of their own', () => {
  expect(escaped('[x](command:evil)')).toBe('\\[x\\]\\(command:evil\\)');
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(escaped(name)).not.toMatch(/(^|[^\\])(\\\\)*[[\]|<>`]/);
      expect(table('t', [['k', name || 'x']]).split('\n')).toHaveLength(6);
    }),
  );
});

test('a link to a command cannot be ended by what it carries', () => {
  expect(commandLink('Open', 'crisol.runs.open', 'a)b"(c')).toBe(
    '[Open](command:crisol.runs.open?%5B%22a%29b%5C%22%28c%22%5D)',
  );
});

test('output in a tooltip cannot leave its block', () => {
  expect(codeBlock('a\n````\nb\n')).toBe('\n`````text\na\n````\nb\n`````\n');
});

test('a flood of changes is drawn at once, then at most once a pause, and never forgotten', async () => {
  const clock = new VirtualClock();
  let drawn = 0;
  const redraw = coalesce(clock, 100, () => drawn++);
  for (let times = 0; times < 1000; times++) redraw();
  expect(drawn).toBe(1);
  await clock.advance(100);
  expect(drawn).toBe(2);
  await clock.advance(1000);
  expect(drawn).toBe(2);
  redraw();
  expect(drawn).toBe(3);
});

test('a time that no calendar has is shown as it was logged, and breaks no tree', () => {
  expect(exactTime(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
});
