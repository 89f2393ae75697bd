import { appendFileSync, rmSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { readJournal } from '../../../../daemon/pipelines/executors/local/journal.ts';
import { placeOf } from '../../../../daemon/pipelines/executors/local/places.ts';
import { processorTime, processorTimeOf } from '../../../support/processor-time.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { CAN_MOUNT, SmallDisk } from '../../faults/small-disk.ts';
import { ExecutorHouse, said } from './house.ts';
import { openLocal } from './open-local.ts';
import { supervisorsIn } from './supervisor-of.ts';

if (!CAN_MOUNT) {
  console.error('NOT TESTED HERE: steps on a full disk. This machine lets us mount no disk (it takes root on Linux).');
}

const ID = 'run/step/1';

let house: ExecutorHouse;
let disk: SmallDisk | undefined;
afterEach(async () => {
  await house.close();
  (disk ?? house.workspace).dispose();
  disk = undefined;
});

const place = () => placeOf(house.workspace.path('.state', 'runs'), ID);

it('a step that prints 1 GB costs neither of us time or memory', async () => {
  house = new ExecutorHouse((workspace) => openLocal(workspace));
  await house.run('true');
  const [pid = 0] = supervisorsIn(house.workspace.path('.state', 'supervisors'));
  const [theirs, ours, memory] = [processorTimeOf(pid), processorTime(), process.memoryUsage().rss];
  const handle = house.start('head -c 1000000000 /dev/zero; echo the end', { id: ID });
  let heard = 0;
  handle.onLog(() => heard++);
  const { code, usage } = await handle.exit;
  expect(code).toBe(0);
  expect(statSync(place().log).size).toBe(1_000_000_008);
  expect((await handle.log(-8, 100)).bytes.toString()).toBe('the end\n');
  const seconds = usage?.seconds ?? 0;
  expect(heard).toBeLessThan(10 + seconds * 25);
  // what is heard and looked at costs a little each time, what is printed costs nothing
  expect(theirs()).toBeLessThan(100 + seconds * 30);
  expect(ours()).toBeLessThan(200 + seconds * 50);
  expect(process.memoryUsage().rss - memory).toBeLessThan(50_000_000);
});

describe.runIf(CAN_MOUNT)('on a full disk', () => {
  const open = () => {
    disk = new SmallDisk(8);
    house = new ExecutorHouse((workspace) => openLocal(workspace), disk.workspace);
    return disk;
  };

  it('a step that prints more than there is room for is told so by the system, and its end is known', async () => {
    open();
    const ended = await house.run('head -c 20000000 /dev/zero', { id: ID });
    expect(ended).toMatchObject({ code: 1, how: 'exited' });
    expect(statSync(place().log).size).toBeGreaterThan(1_000_000);
    await house.again();
    expect(await (await house.adopt(ID)).exit).toMatchObject({ code: 1, how: 'exited' });
  });

  it('a step is not started, and can be when there is room', async () => {
    const small = open();
    await house.run('true', { id: 'run/other/1' });
    small.fill();
    const task = house.task('echo done', { id: ID });
    expect(await house.begin(task).exit).toMatchObject({
      how: 'not-started',
      reason: expect.stringContaining('ENOSPC'),
    });
    small.mend();
    expect(await house.begin(task).exit).toMatchObject({ code: 0, how: 'exited' });
  });

  it('how a step ended is told at once, kept in mind until there is room, and never read half', async () => {
    const small = open();
    small.workspace.write('stay', '');
    const handle = house.start('echo up; while [ -e stay ]; do sleep 0.02; done; exit 6', { id: ID });
    await said(handle, 'up');
    await waitFor(() => readJournal(place().journal)?.pid);
    // not a byte is left in what the journal has
    appendFileSync(place().journal, '\n'.repeat(4096 - (statSync(place().journal).size % 4096) - 40));
    small.fill();
    rmSync(small.workspace.path('stay'));
    expect(await handle.exit).toMatchObject({ code: 6 });
    expect(readJournal(place().journal)?.exit).toBeUndefined();
    await house.again();
    expect(await (await house.adopt(ID)).exit).toMatchObject({ code: 6 });
    small.mend();
    await waitFor(() => readJournal(place().journal)?.exit?.code === 6);
  });
});
