import { appendFileSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../daemon/base/clock.ts';
import type { Files } from '../../../daemon/files/index.ts';
import { createFiles } from '../../../daemon/files/index.ts';
import type { Result } from '../lib.ts';
import { atMost, median, report } from '../lib.ts';
import { BenchFolder } from '../parts/daemon.ts';

const FOLDERS = 70;
const FILES_A_FOLDER = 1000;
const ROUNDS = 11;

/** 70,000 small files, 19 MB: how long the daemon takes to say what they are. From source, which starts slower than the bundle. */
export async function benchFiles(): Promise<Result[]> {
  const workspace = new BenchFolder();
  try {
    makeFiles(join(workspace.path, 'data'));
    return await measure(workspace.path);
  } finally {
    workspace.dispose();
  }
}

async function measure(workspace: string): Promise<Result[]> {
  const open = () =>
    createFiles({ workspace, folder: join(workspace, '.crisol', 'cache'), umask: 0o022, clock: systemClock });
  let files = open();
  const first = await timed(files);
  const warm = await several(ROUNDS, () => timed(files));
  const looks = await several(ROUNDS, async () => lookAtAll(join(workspace, 'data')));
  const edits = await several(ROUNDS, (round) => {
    appendFileSync(join(workspace, 'data', '7', `${round}.bin`), 'x');
    return timed(files);
  });
  await files.dispose();
  const cold = await several(ROUNDS, async () => {
    files = open();
    const time = await timed(files);
    await files.dispose();
    return time;
  });
  const held = await longestHold(open());
  return [
    atMost(1000, { name: '70,000 files, the first time', unit: 'ms', ours: first }),
    atMost(80, { name: 'nothing changed, daemon warm', unit: 'ms', ours: median(warm), peer: median(looks) }),
    atMost(250, { name: 'nothing changed, daemon just started', unit: 'ms', ours: median(cold) }),
    atMost(120, { name: 'one file was edited', unit: 'ms', ours: median(edits) }),
    atMost(10, { name: 'the daemon was held up at most', unit: 'ms', ours: held }),
  ];
}

function makeFiles(folder: string): void {
  for (let one = 0; one < FOLDERS; one++) {
    mkdirSync(join(folder, `${one}`), { recursive: true });
    for (let file = 0; file < FILES_A_FOLDER; file++) {
      writeFileSync(join(folder, `${one}`, `${file}.bin`), Buffer.alloc(190 + ((file * 37) % 160), `${one} ${file}`));
    }
  }
}

async function timed(files: Files): Promise<number> {
  const begin = performance.now();
  await files.digest(['data']);
  return performance.now() - begin;
}

/** The yardstick: the stat of every file, one after the other, on one thread. */
function lookAtAll(folder: string): number {
  const begin = performance.now();
  for (const one of readdirSync(folder)) {
    for (const file of readdirSync(join(folder, one))) lstatSync(`${folder}/${one}/${file}`, { bigint: true });
  }
  return performance.now() - begin;
}

/** How long a timer had to wait while files were looked at. */
async function longestHold(files: Files): Promise<number> {
  let [longest, last] = [0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  await timed(files);
  clearInterval(timer);
  await files.dispose();
  return longest;
}

async function several(rounds: number, measured: (round: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await measured(round));
  return times;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report('pipeline files', await benchFiles());
