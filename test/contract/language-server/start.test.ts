import { existsSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, it } from 'vitest';
import { SERVER_FLAGS } from '../../../schemas/language/protocol.ts';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { LspClient } from './lsp-client.ts';

/** Notes which parts of Intl are asked for: each takes its tables from the disk, up to a fiftieth of a second. */
const NOTING = `
const { appendFileSync } = require('node:fs');
for (const name of ['DateTimeFormat', 'Collator', 'NumberFormat', 'PluralRules', 'Segmenter']) {
  const note = (how) => (...args) => { appendFileSync(__dirname + '/asked', name + '\\n'); return Reflect[how](...args); };
  Intl[name] = new Proxy(Intl[name], { apply: note('apply'), construct: note('construct') });
}`;

const place = new TempWorkspace({ files: { 'noting.cjs': NOTING } });
const open: LspClient[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
});
afterAll(() => place.dispose());

it('the first file is told about without what languages know of numbers, clocks and order', async () => {
  const noting = ['--require', place.path('noting.cjs')];
  const client = new LspClient(process.execPath, [
    ...SERVER_FLAGS,
    ...noting,
    packedProgram('language-server'),
    '--stdio',
  ]);
  open.push(client);
  await client.initialize({});
  const { diagnostics } = await client.open('version: 1\nsteps:\n  a: {run: x, needs: [b]}\n');
  expect(diagnostics).toMatchObject([{ code: 'CRISOL120' }]);
  const asked = place.path('asked');
  expect(existsSync(asked) ? readFileSync(asked, 'utf8') : '').toBe('');
});
