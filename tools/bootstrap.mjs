// Runs on any Node >=18 with no dependency: installs the locked packages, then hands over to the Node 24 among them.
// Usage: node tools/bootstrap.mjs NAME [ARGUMENT…], which runs tools/NAME.ts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { step } from './lib/progress.mjs';

const OLDEST_NODE = 18;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.crisol-installed');
const windows = process.platform === 'win32';
const INTERRUPTED = 130;
let interrupted = false;

async function main() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(`Node ${OLDEST_NODE} or newer is needed to set Crisol up; this is ${process.version}.`);
  }
  if (!isInstalled()) await alone(install);
  const [name = 'start', ...rest] = process.argv.slice(2);
  process.exitCode = await run(bundledNode(), [join(root, 'tools', `${name}.ts`), ...rest], withBundledNode());
}

function wanted() {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of ['package-lock.json', '.npmrc']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();
}

async function install() {
  if (isInstalled()) return; // another set-up did it while this one waited
  console.log('Crisol is being set up: once, and again only when its packages change.');
  await step('Installing packages', async () => {
    // npm's own progress would write over ours, and its closing words say nothing to a user
    const args = ['ci', '--loglevel=error', '--progress=false', '--no-audit', '--no-fund'];
    const status = await run(...npm(args), process.env, ['inherit', 'ignore', 'inherit']);
    if (status !== 0) throw new Error('npm could not install the packages; the first set-up needs the network.');
  });
  linkNode();
  writeFileSync(stamp, wanted());
}

/**
 * Two set-ups of one checkout at the same moment would delete each other's files: the second waits for the first.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  const lock = join(root, '.cache', 'setup.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (let tries = 1; !take(lock); tries++) {
    if (tries === 2) console.log('Crisol is being set up by another process here: waiting for it.');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** @param {string} lock */
function isAlive(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * npm as the Node that started it runs it: `npm ci` deletes node_modules, the bundled Node included.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(args) {
  const { npm_node_execpath: node, npm_execpath: cli } = process.env;
  return cli ? [node ?? process.execPath, [cli, ...args]] : [windows ? 'npm.cmd' : 'npm', args];
}

function bundledNode() {
  const os = windows ? 'win' : process.platform;
  const file = windows ? 'node.exe' : 'node';
  const found = [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`]
    .map((name) => join(modules, name, 'bin', file))
    .find((path) => existsSync(path));
  if (found) return found;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `No Node 24 comes with Crisol for ${process.platform}-${process.arch}: install Node 24 and try again.`,
  );
}

function withBundledNode() {
  const path = [join(modules, '.bin'), dirname(bundledNode()), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path };
}

/** npm 11 makes this link by itself; npm 10 drops it together with the other platforms' packages. */
function linkNode() {
  if (windows) return;
  const link = join(modules, '.bin', 'node');
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), bundledNode()), link);
}

/**
 * Signals go on to the child, which ends what it started; this process ends after it. Ctrl+C reaches both by itself.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {import('node:child_process').StdioOptions} [stdio]
 * @returns {Promise<number>}
 */
function run(command, args, env = process.env, stdio = 'inherit') {
  const child = spawn(command, args, { cwd: root, stdio, env, shell: command.endsWith('.cmd') });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      interrupted = true;
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

try {
  await main();
} catch (error) {
  // of what was interrupted nobody wants to read why it failed
  if (!interrupted) console.error(error instanceof Error ? error.message : error);
  process.exitCode = interrupted ? INTERRUPTED : 1;
}
