import { homedir } from 'node:os';

export interface Account {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

/**
 * Where programs keep what was compiled once. In a folder of this user, since what lies in a shared one could be another's code;
 * and a path that depends on where one stands would lead into the workspace.
 */
export function compiledFolderOf({ platform, env, home }: Account): string {
  const { NODE_COMPILE_CACHE: own, LOCALAPPDATA: local, XDG_CACHE_HOME: xdg } = env;
  if (isWhole(own)) return own;
  if (platform === 'win32' && isWhole(local)) return `${local}/crisol/compiled`;
  const caches = platform === 'darwin' ? `${home}/Library/Caches` : `${home}/.cache`;
  return `${isWhole(xdg) ? xdg : caches}/crisol/compiled`;
}

export const compiledFolder = (): string =>
  compiledFolderOf({ platform: process.platform, env: process.env, home: ownHome() });

/** An account without one has no such folder either. */
function ownHome(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

const isWhole = (path: string | undefined): path is string => /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path ?? '');
