import { expect, it } from 'vitest';
import { Notices } from '../../../../daemon/pipelines/runs/notices.ts';

it('is given to the first who asks, run by run, and forgotten after a thousand others', () => {
  const notices = new Notices();
  expect([notices.take('a'), notices.take('a'), notices.take('b')]).toEqual([true, false, true]);
  for (let at = 0; at < 1_000; at++) notices.take(`run-${at}`);
  expect([notices.take('a'), notices.take('run-999')]).toEqual([true, false]);
});
