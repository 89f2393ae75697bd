import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findDaemon } from '../daemon/life/index.ts';
import { writeSample } from '../samples/index.ts';
import { STATE_FILES, STATE_FOLDER } from '../schemas/state-folder.ts';
import { STARTED_VARIABLE } from '../schemas/workspace.ts';
import { build } from './build.ts';
import { CommandFailed, exec, onEnding } from './lib/exec.ts';
import { step } from './lib/progress.mjs';
import { ROOT } from './lib/root.ts';
import { desktopCommand, openDesktop, openInBrowser } from './start/editors.ts';
import type { StartOptions } from './start/options.ts';
import { HELP, readOptions } from './start/options.ts';

const CRISOL = join(ROOT, 'dist', 'crisol.cjs');

const INTERRUPTED = 130;

/** Ctrl+C, at any moment: each step ends by itself, and none is begun after it. */
const interrupted = new AbortController();

async function main(): Promise<void> {
  const options = chosen();
  if (!options) return;
  const { folder, editor } = options;
  await step('Building', build);
  interrupted.signal.throwIfAborted();
  const { written } = await step('Sample project', () => writeSample(folder));
  console.log(written ? `  copied to ${folder}` : `  kept as you left it in ${folder}`);
  interrupted.signal.throwIfAborted();
  const notes = noteStarts();
  const had = new Set((await findDaemon(folder)) ? [folder] : []);
  try {
    if (editor !== 'none' && !written && (await hasRun(folder))) {
      console.log('  its pipeline ran before: ▶ in the view Pipeline runs it again');
    } else {
      console.log('\nRunning its pipeline:');
      process.exitCode = await crisol(folder, 'run');
    }
    interrupted.signal.throwIfAborted();
    if (editor !== 'none') await edit(folder, editor);
  } finally {
    // what was started here ends here, also for other folders that its window opened; a window of the desktop goes on
    if (!keepsDaemons)
      for (const started of startedDaemons(notes)) if (!had.has(started)) await crisol(started, 'down');
    rmSync(notes, { recursive: true, force: true });
  }
}

function chosen(): StartOptions | undefined {
  try {
    const options = readOptions();
    if (!options) console.log(HELP);
    return options;
  } catch (failure) {
    console.error(`${failure instanceof Error ? failure.message : failure}\n\n${HELP}`);
    process.exitCode = 2;
    return undefined;
  }
}

let keepsDaemons = false;

/** Whoever starts a daemon below this process notes its folder in this one. */
function noteStarts(): string {
  const notes = mkdtempSync(join(tmpdir(), 'crisol-start-'));
  process.env[STARTED_VARIABLE] = notes;
  return notes;
}

function startedDaemons(notes: string): string[] {
  return readdirSync(notes).map((name) => readFileSync(join(notes, name), 'utf8'));
}

async function hasRun(folder: string): Promise<boolean> {
  // the step that registers comes last: where it did, no daemon has to be started to ask
  if (existsSync(join(folder, STATE_FOLDER, STATE_FILES.models))) return true;
  const args = [CRISOL, 'runs', '--json', '--limit', '20', '--workspace', folder];
  const { code, output } = await exec(process.execPath, args);
  if (code !== 0) return false;
  const { runs }: { runs: { state: string }[] } = JSON.parse(output);
  return runs.some(({ state }) => state === 'succeeded');
}

/** Lets the command line say what it does. */
async function crisol(folder: string, command: 'run' | 'down'): Promise<number> {
  const { code } = await exec(process.execPath, [CRISOL, command, '--workspace', folder], { show: command === 'run' });
  return code;
}

async function edit(folder: string, editor: 'any' | 'browser'): Promise<void> {
  const code = editor === 'any' ? desktopCommand() : undefined;
  if (code && (await openDesktop(code, folder))) {
    keepsDaemons = true;
    return sayWhatNow(folder, 'VS Code shows the sample project.');
  }
  const { server, address } = await openInBrowser(folder);
  sayWhatNow(folder, `VS Code is at  ${address}`);
  console.log('\nCtrl+C ends it.');
  if (!interrupted.signal.aborted) await Promise.race([server.ended, once(interrupted.signal, 'abort')]);
  await server.stop();
}

function sayWhatNow(folder: string, where: string): void {
  const here = process.env.INIT_CWD ?? process.cwd();
  const launcher = relative(here, join(ROOT, 'tools', 'crisol'));
  console.log(`\n${where}\n`);
  const traffic = `${launcher} demo traffic --workspace "${relative(here, folder)}"`;
  console.log('To see drift, promote a version to production, then send its endpoint matches of later seasons:');
  console.log(`  ${traffic} --drift`);
  console.log(`Matches like those it was trained on:  ${traffic}`);
}

onEnding(() => interrupted.abort());
try {
  await main();
} catch (failure) {
  // of what was interrupted nobody wants to read why it failed
  if (interrupted.signal.aborted) process.exitCode = INTERRUPTED;
  else if (failure instanceof CommandFailed) {
    console.error(`\n${failure.message}`);
    process.exitCode = 1;
  } else throw failure;
}
