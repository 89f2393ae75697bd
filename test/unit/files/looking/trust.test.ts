import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job, Results } from '../../../../daemon/files/jobs/job.ts';
import { newWatch, Stopped, stop } from '../../../../daemon/files/jobs/watch.ts';
import { Crew } from '../../../../daemon/files/keeper/crew.ts';
import { LATER, LookingWorkspace } from './in-process.ts';

/** Something happens just before files are read. */
class DisturbedCrew extends Crew {
  disturb: () => void = () => {};

  override do<J extends Job>(job: J): Promise<Results[J['do']]> {
    if (job.do === 'read') this.disturb();
    return super.do(job);
  }
}

let crew: DisturbedCrew;
let workspace: LookingWorkspace;
beforeEach(() => {
  crew = new DisturbedCrew();
  workspace = new LookingWorkspace(crew);
  workspace.write('data/a.csv', 'one');
  workspace.write('data/sub/b.csv', 'three');
});
afterEach(() => workspace.dispose());

it('called off, no other folder is listed', async () => {
  const watch = newWatch();
  const found: number[] = [];
  const looking = workspace.look('data', {
    watch,
    found(files) {
      found.push(files);
      stop(watch);
    },
  });
  await expect(looking).rejects.toThrow(Stopped);
  expect(found).toEqual([1]);
});

describe('a file is not read again', () => {
  it('while its stat is the same, once that means something', async () => {
    const now = Date.now();
    const first = await workspace.look('data', { at: now });
    expect(first.read).toBe(8);
    // written to within two seconds: it may have been written to again
    expect(await workspace.look('data', { at: now })).toEqual({ ...first, read: 8 });
    expect(await workspace.look('data')).toEqual({ ...first, read: 8 });
    expect(await workspace.look('data')).toEqual({ ...first, read: 0 });
    expect((await workspace.look('data/sub/b.csv')).read).toBe(0);
    expect((await workspace.look('data/sub')).read).toBe(0);
  });

  it('when another one was edited', async () => {
    await workspace.look('data');
    workspace.write('data/a.csv', 'one and more');
    expect((await workspace.look('data')).read).toBe(12);
    expect((await workspace.look('data')).read).toBe(0);
  });

  it('that was read by itself before', async () => {
    await workspace.look('data/sub/b.csv');
    expect((await workspace.look('data')).read).toBe(3);
  });
});

describe('a file is read again', () => {
  it('that was written to with the length and the time it had', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(workspace.path('data/a.csv'), hourAgo, hourAgo);
    const before = await workspace.look('data');
    workspace.write('data/a.csv', 'two');
    utimesSync(workspace.path('data/a.csv'), hourAgo, hourAgo);
    const now = await workspace.look('data');
    expect(now.read).toBe(3);
    expect(now.digest?.sha256).not.toBe(before.digest?.sha256);
  });

  it('when the clock was set back to before it was written', async () => {
    const start = Date.now() + LATER;
    workspace.known.tellTime(start, 0);
    await workspace.look('data');
    workspace.known.tellTime(start + 5000, 5000);
    expect((await workspace.look('data')).read).toBe(0);
    workspace.known.tellTime(start - LATER, 6000);
    expect((await workspace.look('data')).read).toBe(8);
    // forward is no reason
    workspace.known.tellTime(start + 3_600_000, 7000);
    expect((await workspace.look('data')).read).toBe(0);
  });

  it('when the clock was set back while nobody looked', async () => {
    await workspace.look('data');
    workspace.save();
    workspace.load(Date.now() + 2 * LATER);
    expect((await workspace.look('data')).read).toBe(0);
    workspace.load(Date.now() - LATER);
    expect((await workspace.look('data')).read).toBe(8);
  });
});

describe('what is remembered on the disk', () => {
  it('is all that is needed', async () => {
    const { digest } = await workspace.look('data');
    await workspace.look('data/a.csv');
    workspace.save();
    workspace.forget();
    workspace.load();
    expect(await workspace.look('data')).toEqual({ digest, read: 0 });
    expect((await workspace.look('data/a.csv')).read).toBe(0);
  });

  it('is thrown away when it is damaged, cut off, or of another version', async () => {
    const { digest } = await workspace.look('data');
    workspace.save();
    const index = workspace.path('.crisol/index');
    const whole = readFileSync(index);
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(whole.readUInt8(whole.length - 20) ^ 1, whole.length - 20);
    const another = Buffer.from(whole);
    another.write('2', whole.indexOf('1'));
    for (const damaged of [flipped, another, whole.subarray(0, 200), Buffer.alloc(0), Buffer.alloc(5000, 'x')]) {
      writeFileSync(index, damaged);
      workspace.load();
      expect(await workspace.look('data')).toEqual({ digest, read: 8 });
    }
  });

  it('is forgotten when nobody asked for it for a month', async () => {
    await workspace.look('data');
    const month = 31 * 24 * 3_600_000;
    workspace.save(Date.now() + month);
    workspace.load(Date.now() + month);
    expect(workspace.known.tables.size).toBe(0);
  });
});

describe('a file that is written to while it is read', () => {
  it('is told, and nothing is remembered of it', async () => {
    let writes = 0;
    crew.disturb = () => workspace.write('data/a.csv', `x${writes++}`);
    await expect(workspace.look('data')).rejects.toMatchObject({
      code: 'FILE_CHANGED',
      message: 'data/a.csv was written to while it was read.',
    });
    await expect(workspace.look('data/a.csv')).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    crew.disturb = () => {};
    // the other one was read, and need not be again
    expect((await workspace.look('data')).read).toBe(2);
  });

  it('is read again when it was written to only once', async () => {
    crew.disturb = () => {
      workspace.write('data/a.csv', 'saved');
      crew.disturb = () => {};
    };
    const { digest } = await workspace.look('data');
    workspace.forget();
    expect((await workspace.look('data')).digest).toEqual(digest);
  });
});
