import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { endpointPanel } from '../../../extension/panels/endpoint.ts';
import type { ToEndpointPanel } from '../../../schemas/panels/endpoint.ts';
import { endpoint, signature } from '../../contract/webviews/recorded.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Desk, settle } from './desk.ts';

const TOKEN = 'very-secret-token';
const answer = { label: 'home', probabilities: { home: 1 }, model: 'match-outcome', version: 3, latency_ms: 0.4 };

function sit(url: string | null = endpoint.url) {
  const desk = new Desk<ToEndpointPanel>();
  const talk = endpointPanel.converse({ name: endpoint.name }, desk, desk.ports, desk);
  const now = { ...endpoint, url };
  desk.detail = { ...now, token: TOKEN, signature };
  const publish = (part: object = {}) =>
    desk.publish('serving', { type: 'serving/endpoint', topic: 'serving', endpoint: { ...now, ...part } });
  return { desk, talk, publish };
}

/** An endpoint as far as this conversation goes: a real server on a free port. */
async function serve(reply: (body: string, authorization: string) => { status: number; body: unknown }) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { status, body: answered } = reply(body, request.headers.authorization ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: async () => void server.close() };
}

describe('the conversation about an endpoint', () => {
  test('the webview gets endpoint and signature, and never the token', async () => {
    const { desk, talk, publish } = sit();
    publish();
    await settle();
    talk.tellAll();
    talk.receive({ type: 'endpoint/copy-as', language: 'curl', record: { home_form: 9 } });
    await settle();
    expect(desk.posted).toContainEqual({ type: 'endpoint/state', endpoint, signature });
    expect(JSON.stringify(desk.posted)).not.toContain(TOKEN);
    expect(desk.done.join()).toContain(TOKEN);
  });

  test('asks the endpoint itself, with its token, and says how long it took', async () => {
    await using served = await serve((body, authorization) =>
      authorization === `Bearer ${TOKEN}` && body === '{"home_form":9}'
        ? { status: 200, body: answer }
        : { status: 500, body: {} },
    );
    const { desk, talk, publish } = sit(served.url);
    publish();
    talk.receive({ type: 'endpoint/predict', ask: 7, record: { home_form: 9 } });
    const told = await waitFor(() => desk.posted.find(({ type }) => type === 'endpoint/answer'));
    expect(told).toMatchObject({ ask: 7, answer, round_trip_ms: expect.any(Number) });
  });

  test('passes on a refusal as it was said', async () => {
    const problem = { error_code: 'ENDPOINT_INPUT_INVALID', message: 'Column "x" is missing.', hint: 'Send it.' };
    await using served = await serve(() => ({ status: 400, body: problem }));
    const { desk, talk, publish } = sit(served.url);
    publish();
    talk.receive({ type: 'endpoint/predict', ask: 1, record: {} });
    await waitFor(() => desk.types().includes('endpoint/refused'));
    expect(desk.posted).toContainEqual({ type: 'endpoint/refused', ask: 1, problem });
  });

  test('says so when nobody answers there', async () => {
    const { desk, talk, publish } = sit('http://127.0.0.1:9');
    publish();
    talk.receive({ type: 'endpoint/predict', ask: 1, record: {} });
    const told = await waitFor(() => desk.posted.find((message) => message.type === 'endpoint/refused'));
    expect(told).toMatchObject({ problem: { error_code: 'TEMPORARILY_UNAVAILABLE' } });
  });

  test('starts and stops it; what goes wrong is shown', async () => {
    const { desk, talk } = sit();
    talk.receive({ type: 'endpoint/start' });
    talk.receive({ type: 'endpoint/stop' });
    await settle();
    expect(desk.done).toEqual(['start match-outcome', 'stop match-outcome']);
    desk.detail = null;
    talk.receive({ type: 'endpoint/start' });
    await settle();
    expect(desk.posted.at(-1)).toMatchObject({ type: 'problem', problem: { message: 'There is no such thing.' } });
  });

  test('what a failed start came to stays told until the endpoint is well; another version can be promoted', async () => {
    const { desk, talk, publish } = sit(null);
    const failed = { state: 'failed', version: null, model: null, problem: 'There is no such thing.' };
    publish({ state: 'stopped' });
    await settle();
    const { detail } = desk;
    desk.detail = null;
    talk.receive({ type: 'endpoint/start' });
    await settle();
    desk.detail = detail && { ...detail, signature: null };
    publish(failed);
    await settle();
    const problems = () => desk.posted.filter(({ type }) => type === 'problem');
    expect(problems().at(-1)).toMatchObject({ problem: { hint: 'Look again.' } });
    talk.receive({ type: 'endpoint/promote' });
    expect(desk.done).toContain('promote match-outcome');
    publish({ state: 'ready' });
    expect(problems().at(-1)).toEqual({ type: 'problem', problem: null });
  });

  test('a stopped endpoint is not asked', async () => {
    const { desk, talk, publish } = sit(null);
    publish({ state: 'stopped' });
    talk.receive({ type: 'endpoint/predict', ask: 1, record: {} });
    await settle();
    expect(desk.posted.findLast(({ type }) => type === 'endpoint/refused')).toMatchObject({
      problem: { error_code: 'ENDPOINT_NO_MODEL', hint: 'Start it first.' },
    });
  });

  test('an endpoint that crisol.yaml no longer names is said to be gone', () => {
    const { desk } = sit();
    desk.publish('serving', { type: 'serving/snapshot', topic: 'serving', endpoints: [] });
    expect(desk.posted.at(-1)).toMatchObject({ type: 'problem', problem: { error_code: 'ENDPOINT_UNKNOWN' } });
  });

  test('leaves nothing behind', () => {
    const { desk, talk } = sit();
    talk.dispose();
    expect(desk.listeners).toBe(0);
  });
});
