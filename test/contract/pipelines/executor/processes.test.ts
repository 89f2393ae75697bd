import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, processes, signalGroup } from '../../../../daemon/pipelines/executors/processes/index.ts';
import { ps } from '../../../../daemon/pipelines/executors/processes/ps.ts';
import { sweep } from '../../../../daemon/pipelines/executors/processes/sweep.ts';
import { waitFor } from '../../../support/wait-for.ts';

let ours = '';
let count = 0;
const children: ChildProcess[] = [];
beforeEach(() => {
  ours = `CRISOL_TEST_MARK=${process.pid}-${++count}.`;
});
afterEach(() => {
  // each leads a group: what it started goes with it
  for (const { pid } of children.splice(0)) if (pid !== undefined) signalGroup(pid, 'SIGKILL');
});

async function begun(script: string, mark = '1'): Promise<number> {
  const env = { PATH: process.env.PATH, CRISOL_TEST_MARK: `${ours.split('=')[1]}${mark}` };
  const child = spawn('/bin/sh', ['-c', `echo up; ${script}`], { detached: true, env });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

const find = (mark: string, leaders: number[] = [], after?: number) =>
  processes.find({ leaders, mark, after }).sort((a, b) => a - b);

describe.runIf(process.platform === 'linux')('processes', () => {
  it('are told from those that get their numbers later', async () => {
    const pid = await begun('exec sleep 600');
    const born = processes.born(pid);
    expect(born).toMatch(/^[0-9a-f-]{36}:\d+$/);
    expect(isAlive(pid, born)).toBe(true);
    expect(isAlive(pid, `${born}1`)).toBe(false);
    await sweep({ leaders: [], mark: `${ours}1\0` });
    expect(isAlive(pid, born)).toBe(false);
  });

  it('are found by their mark, which is no part of another, and by their session', async () => {
    const [one, eleven] = [await begun('exec sleep 600', '1'), await begun('exec sleep 600', '11')];
    expect(find(`${ours}1\0`)).toEqual([one]);
    expect(find(ours)).toEqual([one, eleven].sort((a, b) => a - b));
    expect(find('CRISOL_TEST_MARK=nobody.', [eleven])).toEqual([eleven]);
    expect(find(`X${ours}`)).toEqual([]);
  });

  it('that are younger are found also when only those are looked at', async () => {
    const pid = await begun('for i in $(seq 60); do sleep 600 & done; wait');
    await waitFor(() => find(`${ours}1\0`).length === 61);
    expect(find(`${ours}1\0`, [], pid)).toEqual(find(`${ours}1\0`));
    await sweep({ leaders: [pid], mark: `${ours}1\0` });
    expect(find(`${ours}1\0`)).toEqual([]);
  });

  it('are measured, with all in their session', async () => {
    const pid = await begun(
      'x=$(head -c 20000000 /dev/zero | tr "\\0" x); (while :; do :; done) & while :; do :; done',
    );
    await waitFor(() => (processes.usage([pid]).get(pid)?.cpuSeconds ?? 0) > 0.1);
    await waitFor(() => (processes.usage([pid]).get(pid)?.memoryBytes ?? 0) > 40_000_000);
  });

  it('are seen alike by ps, which other systems have', async () => {
    const pid = await begun('sleep 600 & exec sleep 600');
    await waitFor(() => find('none=', [pid]).length === 2);
    const group = ps.find({ leaders: [pid], mark: 'none=' }).sort((a, b) => a - b);
    expect(group).toEqual(find('none=', [pid]));
    expect(group).toHaveLength(2);
    expect(ps.born(pid)).toBe(ps.born(pid));
    expect(ps.born(pid)).not.toBeUndefined();
    const usage = ps.usage([pid]).get(pid);
    expect(usage?.cpuSeconds).toBeLessThan(1);
    expect(usage?.memoryBytes).toBeGreaterThan(100_000);
  });
});
