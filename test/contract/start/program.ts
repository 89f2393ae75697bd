import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { waitFor } from '../../support/wait-for.ts';

/** A tool of the checkout as npm runs it where there is no terminal. */
export class Tool {
  output = '';
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;

  constructor(file: string, args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code ?? 0)));
    this.child = child;
  }

  /** Waits until it has said so. */
  said(text: string): Promise<true> {
    return waitFor(() => this.output.includes(text), { what: `"${text}" in what it says` });
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
