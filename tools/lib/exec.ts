import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { ROOT } from './root.ts';

export interface Ended {
  code: number;
  /** what it wrote, both streams in the order of arrival */
  output: string;
}

export interface ExecOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** let the output through as it comes (it is not collected then) */
  show?: boolean;
  /** it is ended after that */
  timeoutMs?: number;
}

const running = new Set<ChildProcess>();

const ENDING_SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** When this process is told to end, what it runs is told so too, and `then` decides what comes after. */
export function onEnding(then: () => void): void {
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {
      if (!comesFromTerminal(signal)) for (const child of running) child.kill(signal);
      then();
    });
  }
}

/** Ctrl+C reaches everything in the terminal by itself; a second one would be taken for impatience. */
function comesFromTerminal(signal: NodeJS.Signals): boolean {
  return signal === 'SIGINT' && process.stdin.isTTY;
}

/** Runs a command to its end. A failure is an answer, not an exception; only what cannot be started throws. */
export function exec(command: string, args: string[], options: ExecOptions = {}): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: options.env ?? process.env,
    timeout: options.timeoutMs,
    stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** What a command that had to succeed wrote instead: meant for whoever waits for it, no mistake of ours. */
export class CommandFailed extends Error {}

/** Runs a command that must succeed. Answers what it wrote. */
export async function mustExec(command: string, args: string[], options: ExecOptions = {}): Promise<string> {
  const { code, output } = await exec(command, args, options);
  if (code !== 0) throw new CommandFailed(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
