import { afterEach, expect, test } from 'vitest';
import { TrackingClient } from '../../../daemon/training/tracking-client.ts';
import type { Answer, Received } from '../../support/recording-server.ts';
import { startRecordingServer } from '../../support/recording-server.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { waitFor } from '../../support/wait-for.ts';

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Answers as told, the last answer again and again. */
async function serve(...answers: Answer[]): Promise<{ uri: string; seen: Received[] }> {
  const server = await startRecordingServer(
    () => (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200 },
  );
  servers.push(server);
  return { uri: `${server.uri}/`, seen: server.received };
}

test('metrics and params go to the run, with the token', async () => {
  const { uri, seen } = await serve({ status: 200 });
  const client = new TrackingClient({ uri, token: 'secret', runId: 'r1' }, new VirtualClock(1234));
  await client.logParams({ 'train.l2': '1' });
  await client.logMetrics({ loss: 0.5, bad: Number.NaN, worse: Number.POSITIVE_INFINITY }, 3);
  expect(seen.map(({ path }) => path)).toEqual(Array(2).fill('/api/2.0/mlflow/runs/log-batch'));
  expect(seen.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true);
  expect(seen[0]?.body).toEqual({ run_id: 'r1', params: [{ key: 'train.l2', value: '1' }] });
  expect(seen[1]?.body).toEqual({
    run_id: 'r1',
    metrics: [
      { key: 'loss', value: 0.5, timestamp: 1234, step: 3 },
      { key: 'bad', value: 'NaN', timestamp: 1234, step: 3 },
      { key: 'worse', value: 'Infinity', timestamp: 1234, step: 3 },
    ],
  });
});

test('connections are kept: a hundred epochs do not open a hundred', async () => {
  const { uri, seen } = await serve({ status: 200 });
  const client = new TrackingClient({ uri, token: undefined, runId: 'r1' });
  for (let epoch = 1; epoch <= 100; epoch++) await client.logMetrics({ loss: 1 / epoch }, epoch);
  expect(seen).toHaveLength(100);
  expect(new Set(seen.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
});

test('a busy daemon is asked again, each time after a longer wait', async () => {
  const { uri, seen } = await serve({ status: 503 }, { status: 503 }, { status: 200, body: { version: 4 } });
  const clock = new VirtualClock();
  const client = new TrackingClient({ uri, token: undefined, runId: 'r1' }, clock);
  const version = client.register('m', { folder: '/x' });
  for (const wait of [100, 200]) {
    await waitFor(() => clock.waiting === 1);
    const before = seen.length;
    await clock.advance(wait - 1);
    expect(seen.length).toBe(before);
    await clock.advance(1);
  }
  expect(await version).toBe(4);
  expect(seen).toHaveLength(3);
});

test('a refusal is not repeated, and keeps its code and words', async () => {
  const body = { error_code: 'MODEL_INVALID', message: 'no model there', hint: 'Look again.' };
  const { uri, seen } = await serve({ status: 400, body });
  const client = new TrackingClient({ uri, token: undefined, runId: 'r1' });
  await expect(client.register('a name', { folder: '/x' })).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: 'no model there',
    hint: 'Look again.',
  });
  expect(seen.map(({ path }) => path)).toEqual(['/api/crisol/v1/models/a%20name/versions']);
});

test('a daemon that is away is waited for, and given up in the end', async () => {
  const { uri } = await serve({ status: 200 });
  for (const server of servers.splice(0)) await server.close();
  const clock = new VirtualClock();
  const logged = new TrackingClient({ uri, token: undefined, runId: 'r1' }, clock).logMetrics({ loss: 1 }, 1);
  const outcome = logged.then(
    () => 'logged',
    (failure: { code: string }) => failure.code,
  );
  let ended = false;
  void outcome.then(() => {
    ended = true;
  });
  while (!ended) {
    await waitFor(() => ended || clock.waiting > 0);
    await clock.advance(2000);
  }
  expect(await outcome).toBe('DAEMON_UNREACHABLE');
  expect(clock.now() - new VirtualClock().now()).toBeGreaterThan(30_000);
});

test('without a run nothing is sent', async () => {
  const { uri, seen } = await serve({ status: 200 });
  await new TrackingClient({ uri, token: undefined, runId: undefined }).logMetrics({ loss: 1 }, 1);
  expect(seen).toEqual([]);
});
