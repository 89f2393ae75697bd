import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { mustExec } from '../../lib/exec.ts';
import { ROOT } from '../../lib/root.ts';

const PROGRAM = join(ROOT, 'dist', 'crisol.cjs');
const STARTS = 15;

/** Each trial does nothing but say what it is worth; while some wait for the disk others run. */
const sweepOf = (trials: number) => `version: 1
name: sweep
params: {x: 1}
steps:
  noop:
    run: "echo '{\\"loss\\": \${{ params.x }}}' > metrics.json"
    metrics: [metrics.json]
sweeps:
  tune:
    step: noop
    goal: minimize loss
    space: {x: {int: [1, 1000000]}}
    sampler: random
    parallel: ${4 * availableParallelism()}
    trials: ${trials}
`;

/** A project that is run as a user does: with the command line. */
export class Crisol {
  private readonly folder: string;
  private edits = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  writeDep(): void {
    this.write(
      'version: 1\nname: many\nsteps:\n  use:\n    run: echo done > out.txt\n    deps: [data]\n    outs: [out.txt]\n',
    );
  }

  write(file: string): void {
    writeFileSync(join(this.folder, 'crisol.yaml'), file);
  }

  /** Its time, in seconds. */
  async run(...args: string[]): Promise<number> {
    const begin = performance.now();
    await this.crisol('run', ...args);
    return (performance.now() - begin) / 1000;
  }

  /** The daemon is there, and has never seen a file. */
  async firstRun(): Promise<number> {
    await this.crisol('up');
    return this.run();
  }

  async coldRun(): Promise<number> {
    await this.down();
    return this.run();
  }

  runAfterEdit(): Promise<number> {
    appendFileSync(join(this.folder, 'data', 'part-7', '7.txt'), `edit ${this.edits++}`);
    return this.run();
  }

  async info(): Promise<DaemonInfo> {
    return JSON.parse(await this.crisol('up', '--json'));
  }

  /** To what the step itself says of when it began, in milliseconds: from the request, and from when it was decided that it runs. */
  async timesToStart(): Promise<{ asked: number; decided: number }[]> {
    this.write(`version: 1\nname: start\nsteps:\n  a: {run: "date +%s%N > began.txt"}\n`);
    const { url, token } = await this.info();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const runs = `${url}/api/crisol/v1/pipelines/runs`;
    const times: { asked: number; decided: number }[] = [];
    for (let round = 0; round < STARTS; round++) {
      const asked = performance.timeOrigin + performance.now();
      const answer = await fetch(runs, { method: 'POST', headers, body: '{}' });
      const { run_id } = (await answer.json()) as PipelineRun;
      await this.crisol('logs', run_id, 'a', '-f');
      const began = Number(readFileSync(join(this.folder, 'began.txt'), 'utf8')) / 1e6;
      const { steps } = (await (await fetch(`${runs}/${run_id}`, { headers })).json()) as PipelineRun;
      times.push({ asked: began - asked, decided: began - (steps[0]?.started_at ?? Number.NaN) });
    }
    return times;
  }

  /** Of a sweep of so many trials, in milliseconds a trial. */
  async sweep(trials: number): Promise<number> {
    this.write(sweepOf(trials));
    await this.crisol('up');
    const begin = performance.now();
    await this.crisol('sweep', 'tune');
    const took = (performance.now() - begin) / trials;
    const { complete } = JSON.parse(await this.crisol('sweeps', '--json')).sweeps[0].counts;
    if (complete !== trials) throw new Error(`of ${trials} trials ${complete} are complete`);
    return took;
  }

  async down(): Promise<void> {
    await this.crisol('down');
  }

  async crisol(...args: string[]): Promise<string> {
    return mustExec(process.execPath, [PROGRAM, ...args, '--workspace', this.folder]);
  }
}
