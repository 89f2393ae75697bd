import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Node keeps what it has compiled. In a folder of this user: what lies in a shared one could be another's code. */
export function compiledFolder(): string {
  const { platform, env } = process;
  if (env.NODE_COMPILE_CACHE) return env.NODE_COMPILE_CACHE;
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'crisol', 'compiled');
  const caches = platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join(env.XDG_CACHE_HOME || caches, 'crisol', 'compiled');
}
