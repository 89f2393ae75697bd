import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { findDaemon } from '../daemon/life/index.ts';
import { writeSample } from '../samples/index.ts';
import { build } from './build.ts';
import { exec } from './lib/exec.ts';
import { step } from './lib/progress.mjs';
import { ROOT } from './lib/root.ts';
import { desktopCommand, openDesktop, openInBrowser } from './start/editors.ts';
import { HELP, readOptions } from './start/options.ts';

const CRISOL = join(ROOT, 'dist', 'crisol.cjs');

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return console.log(HELP);
  const { folder, editor } = options;
  await step('Building', build);
  const { written } = await step('Sample project', () => writeSample(folder));
  console.log(written ? `  copied to ${folder}` : `  kept as you left it in ${folder}`);
  const hadDaemon = (await findDaemon(folder)) !== undefined;
  console.log('\nRunning its pipeline:');
  process.exitCode = await crisol(['run', '--workspace', folder]);
  const stays = editor !== 'none' && (await edit(folder, editor));
  // what was started here ends here; a window of the desktop goes on using it
  if (!stays && !hadDaemon) await exec(process.execPath, [CRISOL, 'down', '--workspace', folder]);
}

/** Lets the command line say what it does; Ctrl+C reaches it as well, and it ends by itself. */
function crisol(args: string[]): Promise<number> {
  const child = spawn(process.execPath, [CRISOL, ...args], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      resolve(code ?? 130);
    });
  });
}

/** Shows the project in VS Code; answers whether that goes on without us. */
async function edit(folder: string, editor: 'any' | 'browser'): Promise<boolean> {
  const code = editor === 'any' ? desktopCommand() : undefined;
  if (code && (await openDesktop(code, folder))) {
    sayWhatNow(folder, 'VS Code shows the sample project.');
    return true;
  }
  const { server, address } = await openInBrowser(folder);
  sayWhatNow(folder, `VS Code is at  ${address}`);
  console.log('\nCtrl+C ends it.');
  await Promise.race([server.ended, signalled()]);
  await server.stop();
  return false;
}

function sayWhatNow(folder: string, where: string): void {
  const here = process.env.INIT_CWD ?? process.cwd();
  const launcher = relative(here, join(ROOT, 'tools', 'crisol'));
  console.log(`\n${where}\n`);
  console.log('To see drift, start the endpoint and send it matches of later seasons, from another terminal:');
  console.log(`  ${launcher} demo traffic --drift --workspace "${relative(here, folder)}"`);
}

const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve());
  });
}

await main();
