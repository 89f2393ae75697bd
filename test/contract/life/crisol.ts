import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { isAlive } from '../../support/processes.ts';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface Output {
  code: number | null;
  out: string;
  err: string;
}

/** The command line, as a user has it. */
export function crisol(workspace: string, ...args: string[]): Promise<Output> {
  return crisolWith({}, workspace, ...args);
}

export function crisolWith(env: Record<string, string>, workspace: string, ...args: string[]): Promise<Output> {
  const child = spawn(process.execPath, [packedProgram('crisol'), ...args, '--workspace', workspace], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.err += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })));
}

/** A workspace whose daemon is started with the command line and ended with the test. */
export class LifeHouse {
  readonly workspace: TempWorkspace;
  private readonly pids = new Set<number>();

  constructor(files: Record<string, string> = {}, name?: string) {
    this.workspace = new TempWorkspace({ name, files });
  }

  async up(...args: string[]): Promise<DaemonInfo> {
    const { code, out, err } = await crisol(this.workspace.folder, 'up', '--json', ...args);
    if (code !== 0) throw new Error(`crisol up ended with ${code}: ${out}${err}`);
    const info: DaemonInfo = JSON.parse(out);
    this.pids.add(info.pid);
    return info;
  }

  /** One that leaves after three seconds without anybody: it tells us itself that it is there, so that we come in time. */
  async impatient(): Promise<DaemonInfo> {
    const { info } = await TestDaemon.start(this.workspace.folder, { args: ['--idle-minutes', '0.05'] });
    this.pids.add(info.pid);
    return info;
  }

  crisol(...args: string[]): Promise<Output> {
    return crisol(this.workspace.folder, ...args);
  }

  hasInfo(): boolean {
    return this.workspace.has('.crisol/daemon.json');
  }

  log(): string {
    return readFileSync(join(this.workspace.folder, '.crisol', 'logs', 'daemon.log'), 'utf8');
  }

  async kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    process.kill(pid, signal);
    await this.gone(pid);
  }

  gone(pid: number): Promise<true> {
    return waitFor(() => !isAlive(pid), { what: `the end of process ${pid}` });
  }

  async dispose(): Promise<void> {
    for (const pid of this.pids) if (isAlive(pid)) await this.kill(pid);
    this.workspace.dispose();
  }
}

/** One that was started after all others and that nobody uses has left: by then they would have, too. */
export async function anotherHasLeft(): Promise<void> {
  const other = new LifeHouse();
  const { pid } = await other.impatient();
  await other.gone(pid);
  await other.dispose();
}

export async function ask<T>({ url, token }: DaemonInfo, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}/api/crisol/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return (await response.json()) as T;
}
