import type { Page } from 'playwright-core';
import { afterAll, test as base, beforeAll, expect } from 'vitest';
import { Guard } from '../../../daemon/http/guard.ts';
import { pages } from '../../../daemon/http/pages/index.ts';
import type { App } from '../../../daemon/http/server.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { installEditor } from '../../../tools/editor.ts';
import { launchBrowser } from '../../support/editor.ts';
import { waitFor } from '../../support/wait-for.ts';

const TOKEN = 'a-token-for-tests';
const RUN = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
let app: App;
let url: string;
beforeAll(async () => {
  const guard = new Guard(TOKEN);
  const note = () => {};
  app = createHttp({ guard, logger: { info: note, warn: note, error: note }, onRequest: note });
  pages(app);
  const port = await listen(app, 0);
  guard.allowPort(port);
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => app.close());

const test = base
  .extend('editor', { scope: 'file' }, () => installEditor())
  .extend('browser', { scope: 'file' }, async ({ editor }, { onCleanup }) => {
    const browser = await launchBrowser(editor);
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('page', async ({ browser }, { onCleanup }) => {
    const page = await browser.newPage();
    onCleanup(() => page.close());
    return page;
  });

/** What the extension tells when it is connected. */
function tell(body: unknown, token = TOKEN): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${url}/api/crisol/v1/editor`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Opens a link of MLflow's client, and hears what the page complains of and where it leads on to. */
async function follow(page: Page, link: string): Promise<{ ledTo: string[]; complaints: string[] }> {
  const [ledTo, complaints]: string[][] = [[], []];
  page.on('console', (message) => void complaints?.push(message.text()));
  page.on('pageerror', (error) => void complaints?.push(String(error)));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.enable');
  devtools.on('Page.frameRequestedNavigation', ({ url: to }) => {
    if (!to.startsWith(url)) ledTo?.push(to);
  });
  await page.goto(url + link);
  return { ledTo: ledTo ?? [], complaints: complaints ?? [] };
}

test('the link of a run leads to the editor, and offers to do so again', async ({ page }) => {
  expect((await tell({ uri_scheme: 'vscode' })).status).toBe(200);
  const { ledTo, complaints } = await follow(page, `/#/experiments/7/runs/${RUN}`);
  const target = `vscode://crisol.crisol/run/7/${RUN}`;
  await waitFor(() => ledTo.length > 0, { what: 'the way on' });
  expect(ledTo).toEqual([target]);
  expect(await page.getByRole('link').getAttribute('href')).toBe(target);
  expect(await page.getByRole('heading').innerText()).toBe(`Run ${RUN}`);
  expect(complaints.filter((line) => !line.includes(target))).toEqual([]);
});

test('so do the links of an experiment, of a part of a run and of a model in an experiment', async ({ browser }) => {
  await tell({ uri_scheme: 'vscodium' });
  for (const [link, target] of [
    ['/#/experiments/7', 'vscodium://crisol.crisol/experiment/7'],
    [`/#/experiments/7/runs/${RUN}/artifacts`, `vscodium://crisol.crisol/run/7/${RUN}`],
    ['/#/experiments/7/models/m-1', 'vscodium://crisol.crisol/experiment/7'],
  ]) {
    const page = await browser.newPage();
    const { ledTo } = await follow(page, link ?? '');
    await waitFor(() => ledTo.length > 0, { what: 'the way on' });
    expect(ledTo).toEqual([target]);
    await page.close();
  }
});

test('to an editor that is a page itself it says how to get there', async ({ page }) => {
  await tell({ uri_scheme: null });
  const { ledTo } = await follow(page, `/#/experiments/7/runs/${RUN}`);
  await page.getByText('in the terminal that printed it').waitFor();
  expect(await page.getByRole('link').count()).toBe(0);
  expect(ledTo).toEqual([]);
});

test('of a link that leads nowhere it says what this is, and takes nothing from it', async ({ page }) => {
  await tell({ uri_scheme: 'vscode' });
  for (const link of ['/', '/#/experiments/<img src=x>', '/#javascript:alert(1)']) {
    const { ledTo } = await follow(page, link);
    await page.getByText('This is where scripts log to').waitFor();
    expect(ledTo).toEqual([]);
  }
});

test('the page needs no token, tells nothing, loads nothing and may not be framed', async () => {
  const answer = await fetch(`${url}/`);
  expect(answer.status).toBe(200);
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(await answer.text()).not.toContain(TOKEN);
});

test('only who has the token says which editor it is, and only in words that are one', async () => {
  expect((await tell({ uri_scheme: 'vscode' }, 'wrong')).status).toBe(401);
  for (const uri_scheme of ['"><script>', 'a b', '', 7]) expect((await tell({ uri_scheme })).status).toBe(400);
  expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(401);
});

test("MLflow's client, which was given such a link as its address, is told the right one instead of a page", async () => {
  const answer = await fetch(`${url}/`, { headers: { 'user-agent': 'mlflow-python-client/3.17.2' } });
  const { error_code, message } = await answer.json();
  expect([answer.status, error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
  expect(message).toContain(`set MLFLOW_TRACKING_URI to ${url}`);
});
