import type { StartSweep, SweepDetail, SweepSummary } from '../../../schemas/wire/sweeps.ts';
import type { RunDetail, RunList } from '../../../schemas/wire/tracking.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Logs as any script does: `loss` at each step, which comes down to what lr and depth are worth. Fails where it finds what another trial left. */
const TRAIN = `
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const [home, lr, depth, epochs] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: token, MLFLOW_RUN_ID: run_id, CRISOL_TRIAL, CRISOL_FOLD: fold } = process.env;
const trial = CRISOL_TRIAL + (fold ? '/' + fold : '');
appendFileSync(join(home, 'begun.log'), trial + ' ' + process.pid + '\\n');
writeFileSync('left by ' + CRISOL_TRIAL, '');
if (readdirSync('.').filter((name) => name.startsWith('left by')).length > 1) throw new Error('others worked here');
const base = Number(readFileSync('base.txt', 'utf8'));
const worth = (Math.log10(lr) + 2) ** 2 + (depth - 5) ** 2 / 50 + base + Number(fold ?? 0);
for (let step = 1; step <= epochs; step++) {
  const body = JSON.stringify({ run_id, key: 'loss', value: worth + 3 / step - 3 / epochs, step, timestamp: Date.now() });
  const headers = { authorization: 'Bearer ' + token, 'content-type': 'application/json' };
  for (let sent = false; !sent; ) {
    try {
      sent = (await fetch(uri + '/api/2.0/mlflow/runs/log-metric', { method: 'POST', headers, body })).ok;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  if (existsSync(join(home, 'hold'))) await new Promise((resolve) => setTimeout(resolve, 30));
}
mkdirSync('out', { recursive: true });
writeFileSync('out/model.txt', String(lr));
`;

export const FILE = (sweep: string) => `version: 1
name: demo
params: {lr: 0.1, depth: 3, epochs: 2, home: "."}
steps:
  prepare:
    run: echo 1 >> prepared.log; echo 0 > base.txt
    outs: [base.txt]
  train:
    run: '"$NODE" train.mjs "\${{ params.home }}" \${{ params.lr }} \${{ params.depth }} \${{ params.epochs }}'
    deps: [base.txt, train.mjs]
    outs: [out/model.txt]
sweeps:
  tune:
    step: train
    space:
      lr: {log: [0.001, 1]}
      depth: {int: [1, 20]}
    goal: minimize loss
    seed: 7
${sweep.replaceAll(/^/gm, '    ')}
`;

/** A project with a sweep, and a real daemon on it. */
export class SweepHouse {
  readonly workspace: TempWorkspace;
  daemon: TestDaemon;

  private constructor(workspace: TempWorkspace, daemon: TestDaemon) {
    this.workspace = workspace;
    this.daemon = daemon;
  }

  static async open(file: string, files: Record<string, string> = {}): Promise<SweepHouse> {
    const workspace = new TempWorkspace({ files: { 'crisol.yaml': file, 'train.mjs': TRAIN, ...files } });
    return new SweepHouse(workspace, await startOn(workspace));
  }

  async start(wanted: Partial<StartSweep> = {}): Promise<string> {
    const params = { home: this.workspace.folder, ...wanted.params };
    const { sweep_id } = await this.daemon.post<SweepSummary>('sweeps', { name: 'tune', ...wanted, params });
    return sweep_id;
  }

  async search(wanted: Partial<StartSweep> = {}): Promise<SweepDetail> {
    return this.ended(await this.start(wanted));
  }

  get(id: string): Promise<SweepDetail> {
    return this.daemon.get<SweepDetail>(`sweeps/${id}`);
  }

  async ended(id: string): Promise<SweepDetail> {
    const over = async () => (await this.get(id)).sweep.ended_at !== null;
    await waitFor(over, { what: 'the end of the sweep', timeout: 90_000 });
    return this.get(id);
  }

  async restart(): Promise<void> {
    await this.daemon.kill();
    // scripts know where the daemon was
    this.daemon = await startOn(this.workspace, new URL(this.daemon.url).port);
  }

  run(id: string): Promise<RunDetail> {
    return this.daemon.get<RunDetail>(`runs/${id}`);
  }

  async below(parent: string): Promise<RunList['runs']> {
    return (await this.daemon.get<RunList>(`runs?parent=${parent}`)).runs;
  }

  /** Trials whose script began, once each time that it did. */
  begun(): { trial: string; pid: number }[] {
    if (!this.workspace.has('begun.log')) return [];
    const lines = this.workspace.read('begun.log').trim().split('\n');
    return lines.map((line) => line.split(' ')).map(([trial = '', pid]) => ({ trial, pid: Number(pid) }));
  }

  async dispose(): Promise<void> {
    const { sweeps } = await this.daemon.get<{ sweeps: SweepSummary[] }>('sweeps');
    for (const { sweep_id, ended_at } of sweeps) {
      if (ended_at !== null) continue;
      await this.daemon.post(`sweeps/${sweep_id}/cancel`, {});
      await this.ended(sweep_id);
    }
    await this.daemon.stop();
    this.workspace.dispose();
  }
}

const startOn = (workspace: TempWorkspace, port = '0'): Promise<TestDaemon> =>
  TestDaemon.start(workspace.folder, { args: ['--port', port], env: { NODE: process.execPath } });
