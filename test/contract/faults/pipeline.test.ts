import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../daemon/base/random.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { carefulStep } from './careful-steps.ts';

const KILLS = 50;
const LONGEST_LIFE_MS = 500;

let workspace: TempWorkspace;
let daemon: TestDaemon;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(async () => {
  await daemon.kill();
  workspace.dispose();
});

const step = (name: string, reads: string[] = []) => carefulStep(name, reads, { seconds: 0.1 });

const YAML = `version: 1
name: p
steps:${step('a')}${step('b')}${step('c', ['a'])}${step('d', ['a', 'b'])}${step('e', ['b'])}${step('last', ['c', 'd', 'e'])}
`;

const EXPECTED: Record<string, string> = {
  a: 'a\n',
  b: 'b\n',
  c: 'a\nc\n',
  d: 'a\nb\nd\n',
  e: 'b\ne\n',
  last: 'a\nc\na\nb\nd\nb\ne\nlast\n',
};

it(`a daemon killed at ${KILLS} instants carries each step out once, and the outs are those of a run undisturbed`, async () => {
  workspace.write('crisol.yaml', YAML);
  const next = seededRandom(20260101);
  let kills = 0;
  daemon = await TestDaemon.start(workspace.folder);
  for (let round = 0; kills < KILLS; round++) {
    // another content: nothing is restored
    workspace.write('seed', String(round));
    workspace.write('done', '');
    const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
    for (;;) {
      await setTimeout(next() * LONGEST_LIFE_MS);
      await daemon.kill();
      kills++;
      daemon = await TestDaemon.start(workspace.folder);
      const run = await daemon.get<PipelineRun>(`pipelines/runs/${run_id}`);
      if (run.ended_at !== null || kills >= KILLS) break;
    }
    const run = await daemon.endOf(run_id);
    expect(run.steps.map(({ name, state, reason }) => [name, state, state === 'failed' ? reason : ''])).toEqual(
      Object.keys(EXPECTED).map((name) => [name, 'succeeded', '']),
    );
    for (const [name, content] of Object.entries(EXPECTED)) expect(workspace.read(`out/${name}`)).toBe(content);
    expect(workspace.read('done').trim().split('\n').sort()).toEqual(Object.keys(EXPECTED).sort());
    expect(workspace.has('twice')).toBe(false);
  }
});
