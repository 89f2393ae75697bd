import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { SERVER_FLAGS } from '../../../schemas/language/protocol.ts';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { LspClient } from './lsp-client.ts';

/** Notes which parts of Intl are asked for: each takes its tables from the disk, up to a fiftieth of a second. */
const NOTING = `
const { appendFileSync } = require('node:fs');
for (const name of ['DateTimeFormat', 'Collator', 'NumberFormat', 'PluralRules', 'Segmenter']) {
  const note = (how) => (...args) => { appendFileSync(__dirname + '/asked', name + '\\n'); return Reflect[how](...args); };
  Intl[name] = new Proxy(Intl[name], { apply: note('apply'), construct: note('construct') });
}`;

const WRONG = 'version: 1\nsteps:\n  a: {run: x, needs: [b]}\n';

const place = new TempWorkspace({ files: { 'noting.cjs': NOTING } });
const open: LspClient[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
});
afterAll(() => place.dispose());

function started(flags: readonly string[], env: Record<string, string> = {}): LspClient {
  const args = [...SERVER_FLAGS, ...flags, packedProgram('language-server'), '--stdio'];
  const client = new LspClient(process.execPath, args, env);
  open.push(client);
  return client;
}

it('the first file is told about without what languages know of numbers, clocks and order', async () => {
  const noting = ['--require', place.path('noting.cjs')];
  const client = started(noting);
  await client.initialize({});
  const { diagnostics } = await client.open(WRONG);
  expect(diagnostics).toMatchObject([{ code: 'CRISOL120' }]);
  const asked = place.path('asked');
  expect(existsSync(asked) ? readFileSync(asked, 'utf8') : '').toBe('');
});

const cachesIn = (folder: string) => ({ XDG_CACHE_HOME: folder, NODE_COMPILE_CACHE: '' });

/** What the next server starts with, once a pause let this one keep it. */
const keptIn = (caches: string): string[] => {
  const folder = join(caches, 'crisol', 'compiled', 'language-server-core');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};

it('the next server starts with what this one compiled, which it keeps among the caches of the account', async () => {
  const caches = place.path('caches');
  const first = started([], cachesIn(caches));
  await first.initialize({});
  const { diagnostics } = await first.open(WRONG);
  expect(diagnostics).toMatchObject([{ code: 'CRISOL120' }]);
  await waitFor(() => keptIn(caches).some((name) => !name.endsWith('.draft')));
  await first.shutdown();

  const [kept = ''] = keptIn(caches);
  const before = statSync(kept);
  const second = started([], cachesIn(caches));
  await second.initialize({});
  expect((await second.open(WRONG)).diagnostics).toEqual(diagnostics);
  expect(statSync(kept)).toMatchObject({ ino: before.ino, size: before.size });
});

it('where nothing can be kept it serves all the same, and says nothing of it', async () => {
  place.write('a-file', '');
  const client = started([], cachesIn(place.path('a-file')));
  await client.initialize({});
  expect((await client.open(WRONG)).diagnostics).toMatchObject([{ code: 'CRISOL120' }]);
  await setTimeout(2500);
  expect(client.child.exitCode).toBeNull();
  expect(await client.shutdown()).toBeNull();
});
