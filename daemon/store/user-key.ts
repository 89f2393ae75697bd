import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const BYTES = 32;

/** A secret of this user, made once. Nothing that comes with a repository or an archive can know it or take its place. */
export function userKey(folder: string = stateHome()): Buffer {
  const file = join(folder, 'key');
  try {
    return read(file) ?? make(folder, file);
  } catch {
    // a home that cannot be written: what this daemon seals counts for as long as it lives, and nothing is at risk
    return randomBytes(BYTES);
  }
}

function stateHome(): string {
  const { platform, env } = process;
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'crisol');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'crisol');
  const given = env.XDG_STATE_HOME;
  // a relative one would lie in the workspace
  return join(given && isAbsolute(given) ? given : join(homedir(), '.local', 'state'), 'crisol');
}

function read(file: string): Buffer | undefined {
  try {
    const key = readFileSync(file);
    if (key.length === BYTES) return key;
    // damaged: another one is made
    rmSync(file);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
  }
  return undefined;
}

/** Daemons of several workspaces may start for the first time at the same moment: all get the key of the first. */
function make(folder: string, file: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, randomBytes(BYTES), { mode: 0o600, flag: 'wx' });
  try {
    // unlike a rename, it leaves one that is there already
    linkSync(draft, file);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file);
}
