import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PipelineHouse, reasonOf } from '../contract/pipelines/pipeline-house.ts';
import { DebugAdapter } from '../support/debug-adapter.ts';
import { python } from './servers.ts';

const SCRIPT = `import os


def train(rows):
    total = sum(rows)
    open('model.txt', 'w').write(str(total))


train([1, 2, 3])
print(os.environ['MODE'], 'CRISOL_DEBUG_PORT' in os.environ)
`;

let house: PipelineHouse;
let adapter: DebugAdapter;
beforeEach(() => {
  const command = `"${python()}" train.py`;
  house = new PipelineHouse(`steps:
  train: {run: '${command}', timeout: 1s, retry: 2, env: {MODE: plain, PYTHONPATH: lib}, outs: [model.txt]}
`);
  house.workspace.write('train.py', SCRIPT);
  house.workspace.write('lib/sitecustomize.py', "print('the own one was run')\n");
  adapter = new DebugAdapter(python());
});
afterEach(async () => {
  adapter.dispose();
  await house.dispose();
});

const attach = async () => {
  await adapter.ask('initialize', { adapterID: 'debugpy', clientID: 'test', pathFormat: 'path' });
  adapter.send('attach', { listen: { host: '127.0.0.1', port: 0 }, justMyCode: true });
  return Number((await adapter.event('debugpyWaitingForServer')).port);
};

it('stops at a breakpoint of the unchanged command, however long one looks, and goes on', async () => {
  const port = await attach();
  const { run_id } = await house.pipelines.start({ debug: { step: 'train', port } });
  await adapter.event('initialized');
  const source = { path: house.workspace.path('train.py') };
  await adapter.ask('setBreakpoints', { source, breakpoints: [{ line: 6 }] });
  await adapter.ask('configurationDone');
  const { threadId } = await adapter.event('stopped');
  const { stackFrames } = await adapter.ask('stackTrace', { threadId });
  const [frame] = stackFrames as { id: number; name: string; line: number }[];
  expect(frame).toMatchObject({ name: 'train', line: 6 });
  // longer than its timeout
  await adapter.ask('evaluate', { expression: "__import__('time').sleep(1.5)", frameId: frame?.id });
  const { result } = await adapter.ask('evaluate', { expression: 'total', frameId: frame?.id });
  expect(result).toBe('6');
  expect(house.pipelines.get(run_id).state).toBe('running');
  await adapter.ask('continue', { threadId });
  expect(await house.ended(run_id)).toMatchObject({ state: 'succeeded' });
  expect(house.workspace.read('model.txt')).toBe('6');
  expect(await house.log(run_id, 'train')).toBe('the own one was run\nplain False\n');
  // its result is as good as any: the command was the same
  expect(reasonOf(await house.run(), 'train')).toMatch(/up to date|nothing/);
});

it('goes on without one when nobody waits, and says so', async () => {
  const port = await attach();
  adapter.dispose();
  const { run_id } = await house.pipelines.start({ debug: { step: 'train', port } });
  const ended = await house.ended(run_id);
  expect(ended).toMatchObject({ state: 'succeeded', steps: [{ attempt: 1 }] });
  expect(await house.log(run_id, 'train')).toContain('The debugger could not be attached: ');
});

it('a step that is up to date runs all the same', async () => {
  rmSync(house.workspace.path('lib/sitecustomize.py'));
  await house.run();
  const port = await attach();
  const { run_id } = await house.pipelines.start({ debug: { step: 'train', port } });
  await adapter.event('initialized');
  await adapter.ask('configurationDone');
  const ended = await house.ended(run_id);
  expect(ended.steps[0]).toMatchObject({ state: 'succeeded', cached: false, reason: 'it was asked for' });
  expect(await house.log(run_id, 'train')).toBe('plain False\n');
});

it('there must be such a step', async () => {
  await expect(house.pipelines.start({ debug: { step: 'nobody', port: 1 } })).rejects.toMatchObject({
    code: 'PIPELINE_STEP_UNKNOWN',
  });
});
