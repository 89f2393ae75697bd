import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processesNaming } from '../../support/processes.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { FilesWorkspace } from './workspace.ts';

let clock: VirtualClock;
let workspace: FilesWorkspace;
beforeEach(() => {
  clock = new VirtualClock();
  workspace = new FilesWorkspace({ clock });
});
afterEach(() => workspace.end());

it('rests only when nobody has asked for a minute: what is read then is not cut off', async () => {
  workspace.write('small', 'x');
  workspace.write('large', Buffer.alloc(200 << 20));
  await workspace.digest('small');
  const asked = Promise.all(Array.from({ length: 100 }, () => workspace.digest('small')));
  await setImmediate();
  // whoever was busy for a moment finds several answers at once
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  await asked;
  await clock.advance(59_000);
  const reading = workspace.digest('large');
  await clock.advance(2_000);
  expect(await reading).toMatchObject({ kind: 'file', bytes: 200 << 20 });
  expect(clock.waiting).toBe(1);
});

it('is there again when its process was killed while it read', async () => {
  workspace.write('large', Buffer.alloc(300 << 20));
  let killed = 0;
  const reading = workspace.files.digest(['large'], {
    progress() {
      if (killed > 0) return;
      for (const { pid } of processesNaming(workspace.folder)) process.kill(pid, 'SIGKILL');
      killed++;
    },
  });
  expect((await reading).get('large')).toMatchObject({ kind: 'file', bytes: 300 << 20 });
  expect(killed).toBe(1);
});
