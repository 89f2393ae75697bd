import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CompletionRequest, ExitNotification, HoverRequest, SignatureHelpRequest } from 'vscode-languageserver/node';
import { VERSION } from '../../../schemas/version.ts';
import { stageLanguageServer } from '../../../tools/language-server.ts';
import { isAlive } from '../../support/processes.ts';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { LspClient, URI } from './lsp-client.ts';

const run = promisify(execFile);
const TEXT = `version: 1\nsteps:\n  a: {rnu: "🏆"}\n  b: {run: "\${{ st }}"}\n`;

const place = new TempWorkspace({ files: { 'project/package.json': '{}' } });
const server = place.path('project', 'node_modules', '.bin', 'crisol-language-server');
const open: LspClient[] = [];

/** Packed as `npm publish` packs it, and installed from that file without a network. */
beforeAll(async () => {
  stageLanguageServer(place.path('package'));
  const npm = (cwd: string, ...args: string[]) => run('npm', [...args, '--cache', place.path('cache')], { cwd });
  const { stdout } = await npm(place.folder, 'pack', './package', '--json');
  const [{ filename }] = JSON.parse(stdout);
  await npm(place.path('project'), 'install', '--offline', '--no-audit', '--no-fund', join('..', filename));
});
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
});
afterAll(() => place.dispose());

function started(command = server, args = ['--stdio']): LspClient {
  const client = new LspClient(command, args);
  open.push(client);
  return client;
}

describe('the npm package crisol-language-server', () => {
  test('serves an editor from initialize to exit', async () => {
    const client = started();
    const { serverInfo, capabilities } = await client.initialize({ textDocument: { publishDiagnostics: {} } });
    expect(serverInfo).toEqual({ name: 'crisol', version: VERSION });
    // counted as every client can
    expect(capabilities.positionEncoding ?? 'utf-16').toBe('utf-16');
    const { diagnostics } = await client.open(TEXT);
    expect(diagnostics[0]).toMatchObject({
      code: 'CRISOL112',
      range: { start: { line: 2, character: 6 } },
      codeDescription: { href: expect.stringMatching(/docs\/crisol-yaml\.md#crisol112$/) },
    });
    const textDocument = { uri: URI };
    const keys = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 2, character: 6 },
    });
    expect(JSON.stringify(keys)).toContain('"label":"run"');
    await client.shutdown();
    await client.connection.sendNotification(ExitNotification.type);
    expect(await client.ended).toBe(0);
  });

  test('gives an editor without snippets and Markdown plain texts, and no commands', async () => {
    const client = started();
    await client.initialize({ textDocument: { hover: { contentFormat: ['plaintext'] }, completion: {} } });
    await client.open(TEXT);
    const textDocument = { uri: URI };
    const offered = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 3, character: 17 },
    });
    const items = Array.isArray(offered) ? offered : (offered?.items ?? []);
    const format = items.find(({ label }) => label === 'format');
    expect(format).toMatchObject({ insertTextFormat: 1, textEdit: { newText: 'format()' } });
    expect(items.filter(({ command, documentation }) => command || typeof documentation === 'object')).toEqual([]);
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: { line: 1, character: 2 },
    });
    expect(hover?.contents).toMatchObject({ kind: 'plaintext', value: expect.not.stringMatching(/[`*]/) });
    const other = URI.replace('crisol.yaml', 'other.crisol.yaml');
    await client.open(`steps:\n  a:\n    run: \${{ format(`, other);
    const help = await client.connection.sendRequest(SignatureHelpRequest.type, {
      textDocument: { uri: other },
      position: { line: 2, character: 20 },
    });
    expect(JSON.stringify(help?.signatures)).toContain('format(pattern');
    expect(JSON.stringify(help?.signatures)).not.toContain('markdown');
  });

  test('has all pages that its pages lead to', () => {
    const pages = ['README.md', 'docs/crisol-yaml.md', 'docs/crisol-yaml-reference.md', 'docs/other-editors.md'];
    const dead = pages.flatMap((page) =>
      [...readFileSync(place.path('package', page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, path = '']) => join(dirname(page), path))
        .filter((path) => !existsSync(place.path('package', path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(dead).toEqual([]);
  });

  test('counts in UTF-16 for editors that would rather not', async () => {
    const client = started();
    await client.initialize({ general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] } });
    const { diagnostics } = await client.open('version: 1\nsteps:\n  a: {run: "🏆", rnu: 1}\n');
    expect(diagnostics[0]?.range).toEqual({ start: { line: 2, character: 17 }, end: { line: 2, character: 20 } });
  });

  test('passes over files of others', async () => {
    const client = started();
    await client.initialize({});
    const other = 'file:///somewhere/values.yaml';
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: other, languageId: 'yaml', version: 1, text: 'a: [' },
    });
    await client.open('version: 1\n');
    expect(
      await client.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri: other },
        position: { line: 0, character: 0 },
      }),
    ).toBeNull();
  });

  test('ends with 1 when it is told to exit without a shutdown, or its input ends', async () => {
    const [told, left] = [started(), started()];
    await Promise.all([told.initialize({}), left.initialize({})]);
    await told.connection.sendNotification(ExitNotification.type);
    left.child.stdin?.end();
    expect(await Promise.all([told.ended, left.ended])).toEqual([1, 1]);
  });

  test('ends when its editor dies without a word', async () => {
    const editor = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    const client = started();
    await client.initialize({}, { processId: editor.pid ?? null });
    editor.kill('SIGKILL');
    expect(await client.ended).toBe(1);
  });

  test.for([
    [['--help'], 0, /^Usage: crisol-language-server --stdio/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [[], 2, /Say how to speak: add --stdio\.\n/],
    [['--socket=1'], 2, /--socket=1 is not known\./],
  ] as const)('%j ends with %i', async ([args, code, words]) => {
    const child = spawn(server, args);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    const ended = await new Promise((resolve) => child.once('close', resolve));
    expect({ ended, said }).toEqual({ ended: code, said: expect.stringMatching(words) });
  });
});

test('crisol language-server --stdio is the same server, and takes no process along', async () => {
  const client = started(process.execPath, [packedProgram('crisol'), 'language-server', '--stdio']);
  await client.initialize({});
  expect((await client.open(TEXT)).diagnostics).not.toEqual([]);
  client.child.kill('SIGTERM');
  await client.ended;
  await waitFor(() => !isAlive(client.child.pid ?? 0));
});
