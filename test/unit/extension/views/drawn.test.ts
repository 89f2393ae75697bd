import { expect, test } from 'vitest';
import { Drawn } from '../../../../extension/views/drawn.ts';
import type { TreeNode } from '../../../../extension/views/node.ts';
import { processorTime } from '../../../support/processor-time.ts';

const row = (id: string, label = id, children?: TreeNode[]): TreeNode => ({ id, label, children });
const ids = (rows: TreeNode[] | 'all') => (rows === 'all' ? rows : rows.map(({ id }) => id));

/** As VS Code asks: for the first rows, then for what is below those that are open. */
function shown(rows: TreeNode[]): Drawn {
  const drawn = new Drawn();
  const open = (given: TreeNode[]) => {
    for (const one of given) if (one.children) open(drawn.give(one, one.children));
  };
  open(drawn.give(undefined, rows));
  return drawn;
}

test('only the rows that look otherwise are drawn again', () => {
  const drawn = shown([row('a', 'a', [row('b'), row('c')])]);
  expect(drawn.differences([row('a', 'a', [row('b'), row('c')])])).toEqual([]);
  expect(ids(drawn.differences([row('a', 'a', [row('b'), row('c', 'new')])]))).toEqual(['c']);
  expect(drawn.differences([row('a', 'a', [row('b'), row('c', 'new')])])).toEqual([]);
});

test('a row whose rows are others is drawn again with them; new first rows redraw all', () => {
  const drawn = shown([row('a', 'a', [row('b')]), row('z')]);
  expect(ids(drawn.differences([row('a', 'a', [row('b'), row('c')]), row('z')]))).toEqual(['a']);
  expect(drawn.differences([row('z'), row('a', 'a', [row('b')])])).toBe('all');
});

test('a row is the same object for as long as it is there, with what it shows now', () => {
  const drawn = new Drawn();
  const [first] = drawn.give(undefined, [{ ...row('a'), description: 'old' }]);
  const [again] = drawn.give(undefined, [row('a', 'new')]);
  expect(again).toBe(first);
  expect(first).toEqual(row('a', 'new'));
  drawn.give(undefined, []);
  expect(drawn.give(undefined, [row('a')])[0]).not.toBe(first);
});

test('while rows are being read nothing is missing below; tooltips that are made later do not count', () => {
  const drawn = shown([row('a', 'a', [row('b')])]);
  drawn.await(row('a'));
  expect(drawn.differences([{ ...row('a', 'a', []), tooltip: () => 'x' }])).toEqual([]);
});

test('a thousand changes of one row in ten thousand touch that row', () => {
  const rows = (label: string) => [row('e', 'e', [row('first', label), ...many])];
  const many = Array.from({ length: 10_000 }, (_, at) => row(`run:${at}`));
  const drawn = shown(rows('0'));
  const spent = processorTime();
  for (let at = 1; at <= 20; at++) expect(ids(drawn.differences(rows(String(at))))).toEqual(['first']);
  expect(spent() / 20).toBeLessThan(150);
});
