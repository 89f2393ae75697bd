/** How long one waits: for a daemon, for the shortest command, and for a second `npm start`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from '../build.ts';
import { ROOT } from '../lib/root.ts';
import { atMost, interleaved, median, report } from './lib.ts';
import { BenchDaemon, BenchFolder } from './parts/daemon.ts';

const ROUNDS = 11;
const STARTS = 3;
const CRISOL = join(ROOT, 'dist', 'crisol.cjs');

await build();
const known = new BenchFolder();
const sample = new BenchFolder();
const running = await BenchDaemon.start(known.path);
try {
  const times = await interleaved(ROUNDS, {
    first: firstEver,
    fresh: () => coldStart(),
    again: () => warmStart(sample.path),
    status: statusCommand,
  });
  await npmStart(); // the first one copies the sample
  const starts: number[] = [];
  for (let round = 0; round < STARTS; round++) starts.push(await npmStart());
  report('startup', [
    atMost(400, { name: 'daemon, first answer in a new folder', unit: 'ms', ours: median(times.fresh) }),
    atMost(600, { name: 'the same, the first time ever on a machine', unit: 'ms', ours: median(times.first) }),
    atMost(400, { name: 'daemon, first answer in a known folder', unit: 'ms', ours: median(times.again) }),
    atMost(250, { name: 'crisol status', unit: 'ms', ours: median(times.status) }),
    atMost(3000, { name: 'second npm start --no-editor, until it works', unit: 'ms', ours: median(starts) }),
  ]);
} finally {
  await running.stop();
  known.dispose();
  sample.dispose();
}

/** As after the installation: nothing was compiled before. */
async function firstEver(): Promise<number> {
  const compiled = new BenchFolder();
  const time = await coldStart(compiled.path);
  compiled.dispose();
  return time;
}

async function coldStart(compiled?: string): Promise<number> {
  const folder = new BenchFolder();
  const time = await warmStart(folder.path, compiled);
  folder.dispose();
  return time;
}

async function warmStart(workspace: string, compiled?: string): Promise<number> {
  const begin = performance.now();
  const daemon = await BenchDaemon.start(workspace, { compiled });
  const time = performance.now() - begin;
  await daemon.stop();
  return time;
}

async function statusCommand(): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, [CRISOL, 'status', '--workspace', known.path], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`crisol status ended with ${code}`);
  return performance.now() - begin;
}

/** As a user types it, until it says that the pipeline runs. */
async function npmStart(): Promise<number> {
  const { npm_execpath: npm } = process.env;
  const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = [...before, 'start', '--', '--no-editor', '--folder', join(sample.path, 'sample')];
  const begin = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let time: number | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('Running its pipeline')) time ??= performance.now() - begin;
  });
  const [code] = await once(child, 'close');
  if (code !== 0 || time === undefined) throw new Error(`npm start ended with ${code}`);
  return time;
}
