import { expect, test } from 'vitest';
import { ShareHistory } from '../../../daemon/monitoring/history.ts';

test('the history keeps every late report, fewer of long ago, and is bounded', () => {
  const history = new ShareHistory();
  const kept = new Set<number>();
  for (let at = 0; at < 10_000; at++) {
    kept.add(at);
    for (const gone of history.add({ at, share: 0, effects: {} })) kept.delete(gone);
    expect(history.all.length).toBeLessThanOrEqual(120);
  }
  const moments = history.all.map(({ at }) => at);
  expect(moments).toEqual([...kept]);
  expect(moments[0]).toBe(0);
  expect(moments.slice(-40)).toEqual(Array.from({ length: 40 }, (_, k) => 9960 + k));
});
