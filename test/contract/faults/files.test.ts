import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../daemon/base/clock.ts';
import type { Files } from '../../../daemon/files/index.ts';
import { createFiles } from '../../../daemon/files/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { CAN_MOUNT, SmallDisk } from './small-disk.ts';

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function open(workspace: TempWorkspace): Files {
  const folder = workspace.path('.crisol', 'cache');
  const files = createFiles({ workspace: workspace.folder, folder, umask: 0o022, clock: systemClock });
  ends.push(() => files.dispose());
  return files;
}

describe.runIf(CAN_MOUNT)('a full disk', () => {
  it('is told when an out is kept or restored; nothing half is there, and it works once there is room', async () => {
    const disk = new SmallDisk(24);
    ends.push(() => disk.dispose());
    const { workspace } = disk;
    const files = open(workspace);
    for (const name of ['a', 'b', 'c']) workspace.write(`out/${name}.bin`, Buffer.alloc(3 << 20, name));
    const digest = (await files.digest(['out'])).get('out');
    disk.fill();
    await expect(files.keep('out')).rejects.toMatchObject({ code: 'STORE_DISK_FULL' });
    expect(readdirSync(workspace.path('.crisol/cache/staging'))).toEqual([]);
    disk.mend();
    const kept = await files.keep('out');
    expect(kept).toEqual(digest);
    rmSync(workspace.path('out'), { recursive: true });
    disk.fill();
    await expect(files.restore('out', kept)).rejects.toMatchObject({ code: 'STORE_DISK_FULL' });
    expect(workspace.has('out')).toBe(false);
    expect(readdirSync(workspace.path('.crisol/cache/staging'))).toEqual([]);
    disk.mend();
    await files.restore('out', kept);
    expect((await files.digest(['out'])).get('out')).toEqual(kept);
  });
});

it('whoever is killed while outs are kept leaves a store that is whole', async () => {
  const workspace = new TempWorkspace();
  ends.push(() => workspace.dispose());
  for (let file = 0; file < 400; file++) workspace.write(`out/${file % 7}/${file}.bin`, `content ${file}`);
  workspace.write('out/large.bin', Buffer.alloc(40 << 20, 'large'));
  const script = `
    import { createFiles } from ${JSON.stringify(new URL('../../../daemon/files/index.ts', import.meta.url).href)};
    import { systemClock as clock } from ${JSON.stringify(new URL('../../../daemon/base/clock.ts', import.meta.url).href)};
    const files = createFiles({ workspace: '.', folder: '.crisol/cache', umask: 0o022, clock });
    await files.digest(['crisol.yaml']);
    console.log('begins');
    await files.keep('out');
    console.log('kept');`;
  for (let round = 0; round < 12; round++) {
    const options = ['--input-type=module-typescript', '-e', script];
    const child = spawn(process.execPath, options, { cwd: workspace.folder, stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    // another instant each time
    const until = performance.now() + round * 7;
    while (performance.now() < until) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await exited;
  }
  const files = open(workspace);
  const before = (await files.digest(['out'])).get('out');
  const kept = await files.keep('out');
  expect(kept).toEqual(before);
  rmSync(workspace.path('out'), { recursive: true });
  await files.restore('out', kept);
  expect((await files.digest(['out'])).get('out')).toEqual(kept);
});
