import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exec } from '../../lib/exec.ts';

const RECIPE = join(import.meta.dirname, 'peer');
const FILES = ['package.json', 'package-lock.json'];

/** The YAML language server of npm, installed once for each version of the recipe into a cache that is kept. */
export async function installPeer(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(RECIPE, file)));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const home = join(cache, 'crisol', `yaml-language-server-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(home)) await installAside(home);
  return join(home, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
}

async function installAside(home: string): Promise<void> {
  const draft = `${home}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    for (const file of FILES) copyFileSync(join(RECIPE, file), join(draft, file));
    const { npm_node_execpath: node, npm_execpath: cli } = process.env;
    const [command, before] = cli ? [node ?? process.execPath, [cli]] : ['npm', []];
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await exec(command, [...before, ...args], { cwd: draft });
    if (code !== 0) throw new Error(output);
    renameSync(draft, home);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
