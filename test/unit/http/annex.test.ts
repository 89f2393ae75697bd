import { afterEach, expect, it } from 'vitest';
import { addAnnex } from '../../../daemon/http/annex.ts';
import { Guard } from '../../../daemon/http/guard.ts';
import type { App } from '../../../daemon/http/server.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { TOKEN } from './served.ts';

const note = () => {};
const open: App[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

async function served(make: (annex: App) => void = () => {}) {
  const guard = new Guard(TOKEN);
  const ways = { guard, logger: { info: note, warn: note, error: note }, onRequest: note };
  const app = createHttp(ways);
  open.push(app);
  app.get('/here', () => 'here');
  let made = 0;
  addAnnex(
    app,
    (url) => url.startsWith('/there/'),
    () => {
      made++;
      const annex = createHttp(ways);
      annex.post('/there/echo', ({ body }) => body);
      make(annex);
      return annex;
    },
  );
  const port = await listen(app, 0);
  guard.allowPort(port);
  const ask = async (path: string, body?: object, token = TOKEN) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
    return { status: response.status, body: await response.text() };
  };
  return { app, ask, made: () => made };
}

it('an annex is made when something of it is first asked for, once, and whoever came first loses nothing', async () => {
  const { ask, made } = await served();
  expect(await ask('/here')).toEqual({ status: 200, body: 'here' });
  expect(made()).toBe(0);
  const bodies = Array.from({ length: 20 }, (_, at) => ({ at, text: 'x'.repeat(at * 10_000) }));
  const answers = await Promise.all(bodies.map((body) => ask('/there/echo', body)));
  expect(answers).toEqual(bodies.map((body) => ({ status: 200, body: JSON.stringify(body) })));
  expect(made()).toBe(1);
  expect(await ask('/here')).toEqual({ status: 200, body: 'here' });
});

it('it lets nobody in whom the first app would not, and tells what is not there', async () => {
  const { ask } = await served();
  expect(await ask('/there/echo', {}, 'another')).toMatchObject({ status: 401 });
  expect(await ask('/there/nothing')).toMatchObject({
    status: 404,
    body: expect.stringContaining('There is no GET /there/nothing.'),
  });
});

it('what hinders it is told to those who ask, and to nobody else', async () => {
  const { ask } = await served(() => {
    throw new Error('a mistake of ours');
  });
  for (let time = 0; time < 2; time++) {
    const { status, body } = await ask('/there/echo', {});
    expect([status, JSON.parse(body)]).toMatchObject([
      500,
      { error_code: 'INTERNAL_ERROR', message: 'a mistake of ours' },
    ]);
  }
  expect(await ask('/here')).toEqual({ status: 200, body: 'here' });
});

it('ends with the app that it stands behind', async () => {
  const ended: string[] = [];
  const { app, ask } = await served((annex) => annex.addHook('onClose', async () => void ended.push('annex')));
  await ask('/there/echo', {});
  await app.close();
  expect(ended).toEqual(['annex']);
});
