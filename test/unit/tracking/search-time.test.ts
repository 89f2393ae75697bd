import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseFilter } from '../../../schemas/search/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
beforeAll(async () => {
  room = openTracking({ searchMs: { here: 200, long: 500 } });
  const value = `${'a'.repeat(7999)}b`;
  for (let run = 0; run < 60; run++) {
    await room.tracking.runs.start({ experiment_id: '0', tags: [{ key: 't', value }] });
  }
});
afterAll(() => room.close());

const search = (filter: string) =>
  room.tracking.runs.search({ conditions: parseFilter(filter, 'runs'), limit: 10, which: 'active' });
const bomb = (chars: number) => `tags.t LIKE '%${'a'.repeat(chars)}b'`;

it('long patterns in long texts hold nobody up, and are given up after a while', async () => {
  const filter = Array.from({ length: 100 }, () => bomb(900)).join(' AND ');
  let longest = 0;
  // of the processor, by this thread: what a busy machine adds is not ours
  const used = () => process.threadCpuUsage().user / 1000;
  let last = used();
  const ticking = setInterval(() => {
    longest = Math.max(longest, used() - last);
    last = used();
  }, 10);
  await expect(search(filter)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  clearInterval(ticking);
  expect(longest).toBeLessThan(400);
});

it('a few short ones are looked for as always', async () => {
  expect((await search(bomb(5))).total).toBe(10);
  expect((await search("tags.t ILIKE 'A%' AND tags.t LIKE '%b' AND params.p LIKE '%'")).total).toBe(0);
});
