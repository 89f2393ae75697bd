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
}

/** Runs a command to its end. A failure is an answer, not an exception; only what cannot be started throws. */
export function exec(command: string, args: string[], options: ExecOptions = {}): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: options.env ?? process.env,
    stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}
