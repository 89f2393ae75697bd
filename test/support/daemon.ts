import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import type { DaemonReport } from '../../daemon/life/index.ts';
import { findDaemon } from '../../daemon/life/index.ts';
import { APP_PREFIX } from '../../schemas/wire/common.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { DaemonInfo } from '../../schemas/workspace.ts';
import { packedProgram } from './programs.ts';
import { waitFor } from './wait-for.ts';

export interface TestDaemonOptions {
  /** more of its command line; the port is one that the system chooses */
  args?: string[];
  env?: Record<string, string>;
  /** what stands for Node */
  execPath?: string;
}

/** A real daemon in a process of its own. It does not outlive the test: end it with `stop`, or break it with `kill`. */
export class TestDaemon {
  readonly info: DaemonInfo;
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, info: DaemonInfo) {
    this.child = child;
    this.info = info;
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)));
  }

  static async start(
    workspace: string,
    { args = [], env = {}, execPath }: TestDaemonOptions = {},
  ): Promise<TestDaemon> {
    const child = fork(packedProgram('daemon'), ['--workspace', workspace, '--port', '0', ...args], {
      env: { ...process.env, ...env },
      execPath,
    });
    const report = await firstReport(child);
    if (report.type === 'failed') throw new Error(`${report.error.error_code}: ${report.error.message}`);
    const found = await findDaemon(realpathSync.native(workspace));
    if (!found) throw new Error('the daemon says that it is ready, and cannot be found');
    return new TestDaemon(child, found.info);
  }

  get url(): string {
    return this.info.url;
  }

  /** A request with the token; a path that starts with a slash is taken as it is, another one is of our own interface. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const target = path.startsWith('/') ? path : `${APP_PREFIX}/${path}`;
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.info.token}`);
    return fetch(this.url + target, { ...init, headers });
  }

  async get<T>(path: string): Promise<T> {
    return this.answer<T>(await this.fetch(path));
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.answer<T>(await this.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  /** A run of a pipeline, once it has ended. */
  endOf(runId: string): Promise<PipelineRun> {
    const ended = async () => {
      const run = await this.get<PipelineRun>(`pipelines/runs/${runId}`);
      return run.ended_at === null ? undefined : run;
    };
    return waitFor(ended, { what: 'the end of the run' });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }

  stop(): Promise<void> {
    return this.kill('SIGTERM');
  }

  private async answer<T>(response: Response): Promise<T> {
    const body = await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${body}`);
    return JSON.parse(body) as T;
  }
}

function firstReport(child: ChildProcess): Promise<DaemonReport> {
  return new Promise((resolve, reject) => {
    child.once('message', (report) => resolve(report as DaemonReport));
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the daemon ended while starting: ${signal ?? code}`)));
  });
}
