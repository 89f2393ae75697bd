import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestDaemon } from '../../support/daemon.ts';
import { processorTimeOf } from '../../support/processor-time.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
let daemon: TestDaemon;
let routes: { method: string; path: string }[];
beforeAll(async () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 12; n++)
    bomb.push(
      `a${n}: &a${n} [${Array(9)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    );
  workspace = new TempWorkspace({ files: { 'crisol.yaml': `version: 1\n${bomb.join('\n')}\n` } });
  daemon = await TestDaemon.start(workspace.folder);
  const { paths } = await daemon.get<{ paths: Record<string, Record<string, unknown>> }>('/docs');
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'x') })),
  );
});
afterAll(async () => {
  await daemon.stop();
  workspace.dispose();
});

const SHAPE = {
  error_code: expect.stringMatching(/^[A-Z_]+$/),
  message: expect.stringMatching(/./),
  hint: expect.stringMatching(/./),
};

async function expectEach(init: (method: string) => RequestInit, status: number, code: string): Promise<void> {
  for (const { method, path } of routes.filter(({ path }) => !['/health', '/ping'].includes(path))) {
    const response = await fetch(daemon.url + path, { method, ...init(method) });
    expect([method, path, response.status, await response.json()]).toEqual([
      method,
      path,
      status,
      { ...SHAPE, error_code: code },
    ]);
  }
}

describe('every route of the daemon', () => {
  it('is on the page of the interface', () => {
    const paths = routes.map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of [
      '/api/2.0/mlflow/runs/log-metric',
      '/ajax-api/2.0/mlflow/runs/search',
      '/api/crisol/v1/status',
    ]) {
      expect(paths).toContain(path);
    }
  });

  it('asks for the token', () => expectEach(() => ({}), 401, 'AUTH_TOKEN_REFUSED'));

  it('refuses a page of somebody else, with or without it', async () => {
    const headers = { authorization: `Bearer ${daemon.info.token}`, origin: 'https://evil.example' };
    await expectEach(() => ({ headers }), 403, 'AUTH_ORIGIN_REFUSED');
  });

  it('is there under its address', async () => {
    const headers = { authorization: `Bearer ${daemon.info.token}`, 'content-type': 'application/json' };
    for (const { method, path } of routes.filter(({ path }) => !path.endsWith('/shutdown'))) {
      const body = method === 'GET' ? undefined : '[1]';
      const answer = await (await fetch(daemon.url + path, { method, headers, body })).text();
      expect([path, answer]).toEqual([path, expect.not.stringContaining(`There is no ${method} `)]);
    }
  });

  it('answers nonsense with an error in our shape, and never with one of ours', async () => {
    const headers = { authorization: `Bearer ${daemon.info.token}`, 'content-type': 'application/json' };
    for (const { method, path } of routes.filter(
      ({ method, path }) => method !== 'GET' && !path.endsWith('/shutdown'),
    )) {
      for (const body of [
        '[1]',
        '{"run_id":7,"steps":7,"name":7,"reason":7,"data":7,"stage":7,"to":7}',
        '"x"',
        '{"__proto__":{}}',
      ]) {
        const response = await fetch(daemon.url + path, { method, headers, body });
        const answer = await response.text();
        if (response.status === 200) continue;
        expect([path, body, JSON.parse(answer)]).toEqual([path, body, SHAPE]);
        expect([path, body, response.status < 500]).toEqual([path, body, true]);
      }
    }
  });
});

it('refuses a crisol.yaml that is a bomb of aliases quickly, and goes on', async () => {
  const used = processorTimeOf(daemon.info.pid);
  // spread out it would have a billion items: nobody would ever get an answer
  const { problem } = await daemon.get<{ problem: string }>('pipelines');
  expect(used()).toBeLessThan(1_000);
  expect(problem).toMatch(/line/);
  const refused = await daemon.fetch('pipelines/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect([refused.status, await refused.json()]).toEqual([400, { ...SHAPE, error_code: 'PIPELINE_FILE_INVALID' }]);
});

it('never tells its token', async () => {
  for (const path of ['status', 'pipelines', '/docs']) {
    expect(await (await daemon.fetch(path)).text()).not.toContain(daemon.info.token);
  }
});

it('ends itself when it is asked to', async () => {
  const elsewhere = new TempWorkspace();
  const other = await TestDaemon.start(elsewhere.folder);
  await other.post('shutdown', { when: 'now' });
  expect(await other.ended).toBe(0);
  elsewhere.dispose();
});
