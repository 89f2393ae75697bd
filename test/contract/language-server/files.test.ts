import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { LanguageClient } from './client.ts';

const MAIN = `version: 1
include: parts/train.crisol.yaml
params: params.yaml
steps:
  a: {run: "echo \${{ params.rate }}", needs: [train], deps: data.csv}
`;
const PART = `steps:
  train: {run: "echo \${{ params.rat }}", outs: x.csv}
`;

const workspace = new TempWorkspace({
  name: AWKWARD_NAME,
  files: { 'crisol.yaml': MAIN, 'parts/train.crisol.yaml': PART, 'params.yaml': 'rat: 1\n', 'data.csv': 'a,b\n' },
});
const uriOf = (path: string) => pathToFileURL(workspace.path(path)).href;
const codes = (found: Diagnostic[]) => found.map(({ code, range }) => `${code} ${range.start.line + 1}`);
const main = uriOf('crisol.yaml');
/** Of a file that is not open the server makes the address itself, encoding more than it must. */
const part = `${main.slice(0, -'crisol.yaml'.length)}parts/train.crisol.yaml`;

describe('the language server reads all files of a project from the disk', () => {
  let client: LanguageClient;
  beforeAll(async () => {
    client = new LanguageClient();
    const capabilities = {
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { synchronization: { dynamicRegistration: true } },
    };
    await client.initialize({}, capabilities);
  });
  afterAll(async () => {
    expect(await client.stop()).toBe(0);
    workspace.dispose();
  });

  it('and tells what is wrong, once they are read', async () => {
    await client.open(main, MAIN);
    const found = await client.diagnostics(main, (told) => told.length > 0);
    expect(codes(found)).toEqual(['CRISOL126 5']);
  });

  it('also in parts that are not open, when what they need changes on the disk', async () => {
    workspace.write('params.yaml', 'rate: 1\n');
    await client.watched(uriOf('params.yaml'));
    expect(codes(await client.diagnostics(part, (told) => told.length > 0))).toEqual(['CRISOL126 2']);
    expect(await client.diagnostics(main, (told) => told.length === 0)).toEqual([]);
  });

  it('with what is typed into a params file over what the disk has, and no diagnostics of its own', async () => {
    await client.open(uriOf('params.yaml'), 'rat: 1\nrate: 1\n');
    expect(await client.diagnostics(part, (told) => told.length === 0)).toEqual([]);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    await client.change(uriOf('params.yaml'), { range, text: '' });
    expect(codes(await client.diagnostics(main, (told) => told.length > 0))).toEqual(['CRISOL126 5']);
    await client.change(uriOf('params.yaml'), { text: 'rate: 1\nrat: 2\n' });
    await client.diagnostics(main, (told) => told.length === 0);
  });

  it('and leads from each file to the others, params files too', async () => {
    const [toParams] = await client.definition(main, 4, 30);
    expect(toParams?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
    expect(decodeURIComponent(toParams?.uri ?? '')).toBe(decodeURIComponent(uriOf('params.yaml')));
    const uses = await client.references(uriOf('params.yaml'), 1, 1);
    expect(uses.map(({ uri }) => uri)).toEqual([part]);
    const edit = await client.rename(main, 4, 46, 'prepare');
    expect(Object.keys(edit?.changes ?? {}).sort()).toEqual([main, part].sort());
  });

  it('is told by the editor what comes, goes and changes, and what is typed into params files', () => {
    const asked = client.registered.map(({ method }) => method);
    expect(asked).toContain('workspace/didChangeWatchedFiles');
    expect(asked).toContain('textDocument/didChange');
    const selectors = client.registered.flatMap(({ registerOptions }) => registerOptions?.documentSelector ?? []);
    expect(selectors).toContainEqual({ scheme: 'file', pattern: workspace.path('params.yaml') });
  });

  it('tells of a dep that goes, and of a part', async () => {
    rmSync(workspace.path('data.csv'));
    await client.watched(uriOf('data.csv'));
    expect(codes(await client.diagnostics(main, (told) => told.length > 0))).toEqual(['CRISOL163 5']);
    rmSync(workspace.path('parts'), { recursive: true });
    await client.watched(uriOf('parts'));
    const found = await client.diagnostics(main, (told) => told.some(({ code }) => code === 'CRISOL160'));
    expect(codes(found)).toEqual(['CRISOL160 2']);
    // what the part had may be what seems to be missing
    expect(await client.diagnostics(part, (told) => told.length === 0)).toEqual([]);
  });

  it('takes everything away when the last file of the project is closed', async () => {
    await client.close(main);
    expect(await client.diagnostics(main)).toEqual([]);
  });

  it('so that the columns of a file nobody has looked at yet are offered at once', async () => {
    workspace.write('fresh.csv', 'kept,left\n');
    const text = 'steps:\n  fit: {uses: train, with: {data: fresh.csv, target: }}\n';
    await client.open(uriOf('fresh.crisol.yaml'), text);
    const column = text.split('\n')[1]?.indexOf('}}') ?? 0;
    const offered = await client.completion(uriOf('fresh.crisol.yaml'), 1, column);
    expect(offered.map(({ label }) => label)).toEqual(['kept', 'left']);
  });

  it('those of Parquet and JSON lines, too, and hovering tells how much is in a file now', async () => {
    await writeParquet(workspace.path('rows.parquet'));
    workspace.write('rows.jsonl', '{"id": 1}\n{"late": 2}\n');
    const text =
      'steps:\n  fit: {uses: train, with: {data: rows.parquet, target: }}\n  say: {run: x, deps: rows.jsonl}\n';
    const [, fit = '', say = ''] = text.split('\n');
    await client.open(uriOf('rows.crisol.yaml'), text);
    const offered = await client.completion(uriOf('rows.crisol.yaml'), 1, fit.indexOf('}}'));
    expect(offered.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      'id: integer column of rows.parquet',
      'name: string column of rows.parquet',
    ]);
    const told = async (line: number, column: number) =>
      JSON.stringify(await client.hover(uriOf('rows.crisol.yaml'), line, column));
    // a busy machine may take longer than a hover waits
    await expect.poll(() => told(1, fit.indexOf('rows'))).toContain('3 rows × 2 columns in `rows.parquet`');
    await expect.poll(() => told(2, say.indexOf('rows'))).toContain('2 rows × 2 columns in `rows.jsonl`');
    workspace.write('rows.jsonl', '{"id": 1}\n');
    await expect.poll(() => told(2, say.indexOf('rows'))).toContain('1 row × ');
  });
});

async function writeParquet(path: string): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const quoted = path.replaceAll("'", "''");
  await connection.run(`COPY (SELECT i AS id, 'x' AS name FROM range(3) r(i)) TO '${quoted}' (FORMAT parquet)`);
  connection.closeSync();
  database.closeSync();
}
