import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DaemonReport } from '../../../daemon/life/index.ts';
import { findDaemon, NODE_OPTIONS_OF_DAEMON } from '../../../daemon/life/index.ts';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { ROOT } from '../../lib/root.ts';

const PROGRAM = join(ROOT, 'dist', 'daemon.cjs');
const COMPILED = join(ROOT, '.cache', 'bench-compiled');

/** A folder of its own, gone with `dispose`. */
export class BenchFolder {
  readonly path = mkdtempSync(join(realpathSync(tmpdir()), 'crisol-bench-'));

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** The built daemon in a process of its own. */
export class BenchDaemon {
  readonly info: DaemonInfo;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, info: DaemonInfo) {
    this.child = child;
    this.info = info;
  }

  /** Answers after the daemon's first answer. As the product starts it: what was compiled once is in a cache. */
  static async start(workspace: string, { compiled = COMPILED } = {}): Promise<BenchDaemon> {
    const args = [...NODE_OPTIONS_OF_DAEMON, PROGRAM, '--workspace', workspace, '--port', '0'];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    });
    const [report] = (await once(child, 'message')) as [DaemonReport];
    if (report.type === 'failed') throw new Error(report.error.message);
    const found = await findDaemon(workspace);
    if (!found) throw new Error('the daemon does not answer');
    return new BenchDaemon(child, found.info);
  }

  async post<T>(path: string, body: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.info.token}`, 'content-type': 'application/json' };
    const response = await fetch(this.info.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  /** A run that metrics can be logged to. */
  async newRun(): Promise<string> {
    const body = { experiment_id: '0', start_time: Date.now() };
    const { run } = await this.post<{ run: { info: { run_id: string } } }>('/api/2.0/mlflow/runs/create', body);
    return run.info.run_id;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
