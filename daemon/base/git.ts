import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export interface GitOutput {
  text: string;
  /** false: it was longer */
  complete: boolean;
}

const WITHIN_MS = 20_000;

/** What a repository's own settings could make git run or fetch, it does not; and it takes no locks. */
const SETTINGS = ['core.fsmonitor=false', 'core.quotePath=false', 'core.hooksPath=', 'safe.bareRepository=explicit'];
const ENVIRONMENT = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // older ones know only the second: no way to fetch is one that may be used
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  LC_ALL: 'C',
};
/** We may have been started inside a hook of another repository. */
const OF_ANOTHER = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_.*)$/;

interface GitOptions {
  /** what it reads from its standard input */
  input?: string;
  /** the exit code by which some commands say "nothing" */
  nothing?: number;
}

/** Undefined when git is not there, fails or takes too long. */
export function git(
  folder: string,
  args: readonly string[],
  mostBytes: number,
  { input, nothing = 0 }: GitOptions = {},
): Promise<GitOutput | undefined> {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...settings, ...args], {
    cwd: folder,
    env: { ...withoutOthers(process.env), ...ENVIRONMENT },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: WITHIN_MS,
    windowsHide: true,
  });
  yieldToOthers(child.pid);
  // it may have ended before it read all of it
  child.stdin.on('error', () => {}).end(input);
  const parts: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes - part.length <= mostBytes) parts.push(part);
    if (bytes > mostBytes) child.kill();
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => {
      const complete = bytes <= mostBytes;
      if (complete && code !== 0 && code !== nothing) return resolve(undefined);
      resolve({ text: Buffer.concat(parts).subarray(0, mostBytes).toString('utf8'), complete });
    });
  });
}

/** Whoever waits for us comes first. */
function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // it has ended already
  }
}

function withoutOthers(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_ANOTHER.test(name)));
}
