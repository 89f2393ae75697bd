// Runs on any Node >=18 with no dependency: installs the locked packages, then hands over to Node 24.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.crisol-installed');
const wanted = createHash('sha256')
  .update(['package.json', 'package-lock.json', '.npmrc'].map((f) => readFileSync(join(root, f))).join('\0'))
  .update(process.platform + process.arch)
  .digest('hex');

const run = (cmd, args, env = process.env) => {
  const { status, error } = spawnSync(cmd, args, { cwd: root, stdio: 'inherit', env });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};
// npm itself, run by the Node that started npm: `npm ci` deletes node_modules, our Node 24 included
const npm = (args, env) =>
  run(process.env.npm_node_execpath ?? process.execPath, [process.env.npm_execpath, ...args], env);

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  npm(['ci', '--loglevel=error']);
  linkNode();
  writeFileSync(stamp, wanted);
}
npm(['run', '--silent', process.argv[2], '--', ...process.argv.slice(3)]);

function node24() {
  const os = { win32: 'win' }[process.platform] ?? process.platform;
  const names = [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`];
  return names.map((n) => join(modules, n, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')).find(existsSync);
}
// npm 11 makes this link by itself; npm 10 drops it together with the other platforms' packages
function linkNode() {
  const link = join(modules, '.bin', 'node');
  const target = node24();
  if (process.platform === 'win32' || !target) return;
  rmSync(link, { force: true });
  symlinkSync(target, link);
}
