import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from '../../../daemon/cli/api.ts';
import { withChildren } from '../../../daemon/cli/run-tree.ts';
import type { RunList } from '../../../schemas/wire/tracking.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

/** More than one request names. */
const TOPS = 120;

const workspace = new TempWorkspace();
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await TestDaemon.start(workspace.folder);
});
afterAll(async () => {
  await daemon.stop();
  workspace.dispose();
});

/** Counts what it asks for. */
class CountingApi extends Api {
  asked = 0;

  override get<T>(path: string): Promise<T> {
    this.asked++;
    return super.get(path);
  }
}

let time = 0;
async function newRun(name: string, parent?: string): Promise<string> {
  const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
  const body = { experiment_id: '0', run_name: name, start_time: ++time, tags };
  const { run } = await daemon.post<{ run: { info: { run_id: string } } }>('/api/2.0/mlflow/runs/create', body);
  return run.info.run_id;
}

it('runs are listed with all below them in a few requests, each below its own, in the order in which they began', async () => {
  const expected: string[] = [];
  for (let top = 0; top < TOPS; top++) {
    const run = await newRun(`${top}`);
    const lines = [`${top}`];
    for (const name of top % 40 === 0 ? ['b', 'a'] : ['only']) {
      const child = await newRun(name, run);
      lines.push(`  ${name}`);
      if (name === 'b') lines.push(`    ${await newRun('deep', child).then(() => 'deep')}`);
    }
    expected.unshift(...lines);
  }
  const api = new CountingApi(daemon.info);
  const { runs } = await daemon.get<RunList>(`runs?parent=&limit=${TOPS}`);
  const rows = await withChildren(api, runs);
  expect(rows.map(({ run, depth }) => '  '.repeat(depth) + run.name)).toEqual(expected);
  // two for those at the top, one for those below
  expect(api.asked).toBe(3);
});
