import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PipelineOverview, PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { FireAnswer, TriggerDetail, TriggerList } from '../../../schemas/wire/triggers.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

const MINUTE = 60_000;
const YAML = `version: 1
name: by-itself
params: {greeting: hello}
steps:
  greet: {run: 'node -e "console.log(process.argv[1])" "\${{ params.greeting }}"'}
  hold: {run: "until [ ! -e held ]; do sleep 0.05; done"}
datasets:
  matches: {path: data}
on:
  schedule: [{name: often, cron: "* * * * *", overlap: queue}]
  data: [{dataset: matches}]
  manual:
    greet-me: {inputs: {greeting: {type: string, required: true}}}
`;

const workspace = new TempWorkspace({ files: { 'crisol.yaml': YAML, 'data/matches.csv': 'a\n1\n' } });
let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await TestDaemon.start(workspace.folder);
});
afterAll(async () => {
  await daemon.stop();
  workspace.dispose();
});

const states = async () => {
  const { triggers } = await daemon.get<TriggerList>('triggers');
  return triggers.map(({ name, state }) => `${name} ${state}`);
};
const runs = async () => (await daemon.get<PipelineOverview>('pipelines')).runs;
const begunBy = async (name: string) => (await runs()).filter(({ cause }) => cause?.name === name);
const ended = (runId: string) =>
  waitFor(async () => {
    const run = await daemon.get<PipelineRun>(`pipelines/runs/${runId}`);
    return run.ended_at !== null && run;
  });

function ask(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return daemon.fetch('triggers/greet-me', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('in a folder where nothing was run nothing begins by itself, until somebody runs something', async () => {
  expect(await states()).toEqual(['often held', 'data-matches held', 'greet-me active']);
  await daemon.post('pipelines/runs', {});
  await waitFor(async () => (await states())[0] === 'often active');
  const [run] = await runs();
  expect(run?.cause).toEqual({ kind: 'manual' });
  await ended(run?.run_id ?? '');
});

/** For a daemon whose clock comes to a whole minute in some seconds. */
function shortlyBeforeMinute(): Record<string, string> {
  // a daemon that starts beside many others takes seconds
  const ahead = (2 * MINUTE - (Date.now() % MINUTE) - 8_000) % MINUTE;
  const shim = new URL('../../support/shifted-clock.mjs', import.meta.url);
  return { NODE_OPTIONS: `--import ${shim}`, TEST_CLOCK_AHEAD_MS: String(ahead) };
}

describe('a request', () => {
  test('without the token is refused', async () => {
    const { status } = await fetch(`${daemon.url}/api/crisol/v1/triggers/greet-me`, { method: 'POST', body: '{}' });
    expect(status).toBe(401);
  });

  test('begins a run with what it gives, once however often it is sent', async () => {
    const body = { params: { greeting: 'good morning' } };
    const key = { 'Idempotency-Key': 'ci-1' };
    const answers = await Promise.all([1, 2, 3].map(async () => (await ask(body, key)).json() as Promise<FireAnswer>));
    const [first] = answers;
    expect(new Set(answers.map(({ firing }) => firing.id)).size).toBe(1);
    const { firing } = await waitFor(async () => {
      const again = (await (await ask(body, key)).json()) as FireAnswer;
      return again.firing.run_id !== null && again;
    });
    const run = await ended(firing.run_id ?? '');
    expect(run).toMatchObject({ state: 'succeeded', cause: { kind: 'trigger', name: 'greet-me' } });
    const log = await daemon.get<{ text: string }>(`pipelines/runs/${run.run_id}/logs/greet`);
    expect(log.text.trim()).toBe('good morning');
    expect(await begunBy('greet-me')).toHaveLength(1);
    expect(first?.firing.trigger).toBe('greet-me');
  });

  test.for([
    [{}, 400, 'TRIGGER_INPUT_INVALID'],
    [{ params: { greting: 'x' } }, 400, 'TRIGGER_INPUT_INVALID'],
    [{ params: { greeting: 'x' }, idempotency_key: 'ci-1' }, 422, 'TRIGGER_KEY_REUSED'],
  ] as const)('%j is answered with %i %s', async ([body, status, code]) => {
    const response = await ask(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error_code: code });
  });
});

test('what is asked for begins though another run is under way', async () => {
  workspace.write('held', '');
  const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', { steps: ['hold'] });
  const { firing } = (await (await ask({ params: { greeting: 'good evening' } })).json()) as FireAnswer;
  expect(firing).toMatchObject({ state: 'running', reason: '' });
  expect(await daemon.get(`pipelines/runs/${run_id}`)).toMatchObject({ ended_at: null });
  rmSync(workspace.path('held'));
  await Promise.all([ended(run_id), ended(firing.run_id ?? '')]);
});

test('data that change begin a run; the same content written again does not', async () => {
  const firings = async () => (await daemon.get<TriggerDetail>('triggers/data-matches')).firings;
  const changed = (content: string) => {
    workspace.write('data/matches.csv', content);
    return waitFor(async () => (await firings()).length > 0, { timeout: 10_000 });
  };
  // what is there when it first looks is no change, and when that is nobody tells
  await changed('a\n2\n').catch(() => changed('a\n3\n'));
  expect(await firings()).toMatchObject([{ reason: 'matches changed' }]);
  await waitFor(async () => (await begunBy('data-matches'))[0]?.ended_at);
  workspace.write('data/matches.csv', workspace.read('data/matches.csv'));
});

test('a schedule runs when its minute comes, once, though the daemon is killed', async () => {
  const before = (await begunBy('often')).length;
  await daemon.kill();
  const env = shortlyBeforeMinute();
  daemon = await TestDaemon.start(workspace.folder, { env });
  await waitFor(async () => (await begunBy('often')).length > before);
  await daemon.kill();
  daemon = await TestDaemon.start(workspace.folder, { env });
  await waitFor(async () => (await begunBy('often')).every(({ ended_at }) => ended_at !== null));
  const keys = (await begunBy('often')).map(({ cause }) => cause?.key);
  expect(new Set(keys).size).toBe(keys.length);
  const { trigger, firings } = await daemon.get<TriggerDetail>('triggers/often');
  expect(trigger).toMatchObject({ state: 'active', when: 'every minute' });
  expect(firings.filter(({ run_id }) => run_id !== null)).toHaveLength(keys.length);
  // long ago the data were written again as they were
  expect(await begunBy('data-matches')).toHaveLength(1);
});

test('a paused trigger is told as such, and begins again when it is resumed', async () => {
  await daemon.post('triggers/often/pause', {});
  expect((await states())[0]).toBe('often paused');
  await daemon.post('triggers/often/resume', {});
  expect((await states())[0]).toBe('often active');
});
