import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawEditor } from './raw-editor.ts';

const URI = 'file:///somewhere/crisol.yaml';
const TEXT = `version: 1\nparams: {x: 1}\nsteps:\n  a: {run: "\${{ params.x }}"}\n  b: {run: y, needs: [a]}\n`;

const NOT_INITIALIZED = -32_002;
const INVALID_REQUEST = -32_600;
const UNKNOWN_METHOD = -32_601;
const INVALID_PARAMS = -32_602;
const CANCELLED = -32_800;

const FEATURES = [
  'completion',
  'hover',
  'codeAction',
  'foldingRange',
  'selectionRange',
  'documentLink',
  'semanticTokens/full',
  'definition',
  'references',
  'documentHighlight',
  'prepareRename',
  'rename',
  'signatureHelp',
  'prepareCallHierarchy',
  'formatting',
  'rangeFormatting',
  'inlayHint',
  'documentSymbol',
].map((name) => `textDocument/${name}`);

let editor: RawEditor;
beforeEach(() => {
  editor = new RawEditor();
});
afterEach(() => void editor.child.kill('SIGKILL'));

const place = (uri: string, position: unknown, end = position) => ({
  textDocument: { uri },
  position,
  positions: [position],
  range: { start: position, end },
  context: { includeDeclaration: true, diagnostics: [] },
  newName: 'z',
  options: { tabSize: 2, insertSpaces: true },
});

const change = (version: number, ...contentChanges: unknown[]) =>
  editor.notify('textDocument/didChange', { textDocument: { uri: URI, version }, contentChanges });

/** The names of the steps, as the outline has them. */
async function steps(): Promise<string[]> {
  const { result } = await editor.ask('textDocument/documentSymbol', { textDocument: { uri: URI } });
  const sections = result as { name: string; children?: { name: string }[] }[];
  return sections.find(({ name }) => name === 'steps')?.children?.map(({ name }) => name) ?? [];
}

describe('the order of messages', () => {
  it('is kept: before `initialize` nothing is answered or taken in, and it comes once', async () => {
    expect((await editor.ask('textDocument/hover', place(URI, { line: 0, character: 0 }))).error?.code).toBe(
      NOT_INITIALIZED,
    );
    expect((await editor.ask('shutdown')).error?.code).toBe(NOT_INITIALIZED);
    editor.open(URI, TEXT);
    expect((await editor.ask('initialize', { capabilities: null })).error?.code).toBe(INVALID_PARAMS);
    expect((await editor.initialize()).error).toBeUndefined();
    expect((await editor.initialize()).error?.code).toBe(INVALID_REQUEST);
    expect(await steps()).toEqual([]);
    editor.open(URI, TEXT);
    expect(await steps()).toEqual(['a', 'b']);
    expect((await editor.ask('crisol/nothing', {})).error?.code).toBe(UNKNOWN_METHOD);
    expect((await editor.ask('$/refused', {})).error?.code).toBe(UNKNOWN_METHOD);
    expect(await editor.stop()).toEqual({ code: 0, stderr: '' });
  });

  it('ends with `shutdown`, after which only `exit` is heard', async () => {
    await editor.initialize();
    await editor.ask('shutdown');
    expect((await editor.ask('textDocument/hover', place(URI, { line: 0, character: 0 }))).error?.code).toBe(
      INVALID_REQUEST,
    );
    editor.child.stdin?.end();
    expect(await editor.ended).toEqual({ code: 0, stderr: '' });
  });

  it('without it the exit is no good one', async () => {
    editor.notify('exit');
    expect(await editor.ended).toEqual({ code: 1, stderr: '' });
  });
});

const OUTSIDE = [
  { line: -1, character: -1 },
  { line: 1e9, character: 0 },
  { line: 3, character: 1e9 },
];
const NO_PLACES = [{ line: 0.5, character: 0 }, { line: 'a', character: null }, {}, null, 7];
const ODD = [{}, null, [], [1], 'x', { textDocument: null }, { textDocument: { uri: 5 } }];
const NOTIFICATIONS = ['crisol/live', 'workspace/didChangeWatchedFiles', 'textDocument/didSave'];

describe('any params whatever', () => {
  it.each(FEATURES)('are answered, or refused as what they are: %s', async (method) => {
    await editor.initialize();
    editor.open(URI, TEXT);
    const nowhere = { line: 3, character: 9 };
    const right = OUTSIDE.flatMap((at) => [place(URI, at), place(URI, nowhere, at), place(URI, at, nowhere)]);
    for (const params of right) expect(await editor.ask(method, params)).not.toHaveProperty('error');
    // what a feature does not read may be anything
    for (const at of NO_PLACES) {
      const { error } = await editor.ask(method, place(URI, at));
      expect([undefined, INVALID_PARAMS]).toContain(error?.code);
    }
    for (const params of ODD) expect((await editor.ask(method, params)).error?.code).toBe(INVALID_PARAMS);
    expect(await editor.stop()).toEqual({ code: 0, stderr: '' });
  });

  it('do no harm to what is asked next', async () => {
    await editor.initialize();
    editor.open(URI, TEXT);
    const others = ['callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls', 'workspace/symbol', 'crisol/why'];
    for (const params of ODD) {
      for (const method of others) expect((await editor.ask(method, params)).error?.code).toBe(INVALID_PARAMS);
      for (const method of NOTIFICATIONS) editor.notify(method, params);
    }
    expect(await steps()).toEqual(['a', 'b']);
    for (const method of FEATURES) {
      expect(await editor.ask(method, place(URI, { line: 3, character: 9 }))).not.toHaveProperty('error');
    }
    expect(await editor.ask('textDocument/codeLens', { textDocument: { uri: URI } })).not.toHaveProperty('error');
  });

  it('of a change leave the text as it is, or change it as they say', async () => {
    await editor.initialize();
    change(5, { text: 'steps: {never: {run: x}}' });
    editor.notify('textDocument/didClose', { textDocument: { uri: URI } });
    expect(await steps()).toEqual([]);
    editor.open(URI, TEXT, 10);
    for (const odd of [{ range: null, text: 'x' }, { text: 5 }, {}, null, { range: {}, text: 'y' }]) change(11, odd);
    expect(await steps()).toEqual(['a', 'b']);
    // not every editor counts
    change(10, { text: TEXT.replace('a:', 'same:') });
    expect(await steps()).toEqual(['same', 'b']);
    change(3, { text: TEXT.replace('a:', 'older:') });
    expect(await steps()).toEqual(['older', 'b']);
    // the end before the start, and both behind the text
    change(4, { range: { start: { line: 3, character: 7 }, end: { line: 3, character: 2 } }, text: 'turned' });
    change(5, {
      range: { start: { line: 1e9, character: 1 }, end: { line: 1e9, character: 2 } },
      text: '  c: {run: z}\n',
    });
    expect(await steps()).toEqual(['turned', 'b', 'c']);
    editor.notify('textDocument/didClose', { textDocument: { uri: URI } });
    for (const method of FEATURES) {
      expect(await editor.ask(method, place(URI, { line: 0, character: 0 }))).not.toHaveProperty('error');
    }
    editor.open(URI, TEXT, 10);
    expect(await steps()).toEqual(['a', 'b']);
  });
});

it('answers every request of a storm of cancellations, and computes what is not wanted any more no longer', async () => {
  await editor.initialize();
  editor.open(URI, TEXT);
  const ids = Array.from({ length: 500 }, (_, at) => `r${at}`);
  for (const id of ids) {
    editor.send({ id, method: 'textDocument/completion', params: place(URI, { line: 3, character: 6 }) });
    editor.notify('$/cancelRequest', { id });
  }
  for (const params of [{ id: 'never' }, {}, { id: null }, null, undefined]) editor.notify('$/cancelRequest', params);
  const answers = await Promise.all(ids.map((id) => editor.until((answer) => answer.id === id)));
  expect(answers.some(({ error }) => error?.code === CANCELLED)).toBe(true);
  expect(await steps()).toEqual(['a', 'b']);
});

describe('what is no message', () => {
  it.each([
    ['JSON that breaks off', 'Content-Length: 2\r\n\r\n{{'],
    ['bytes that are no text', Buffer.from('Content-Length: 4\r\n\r\n\xff\xfe\xc3\x28', 'latin1')],
    ['nothing', 'Content-Length: 0\r\n\r\n'],
    ['a list', 'Content-Length: 2\r\n\r\n[]'],
    ['no object', 'Content-Length: 4\r\n\r\nnull'],
  ])('is passed over: %s', async (_, bytes) => {
    await editor.initialize();
    editor.open(URI, TEXT);
    editor.write(bytes);
    expect(await steps()).toEqual(['a', 'b']);
    expect(await editor.stop()).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['none', 'X: 1\r\n\r\n{}'],
    ['a word', 'Content-Length: x\r\n\r\n{}'],
    ['too little', 'Content-Length: 3\r\n\r\n{"jsonrpc":"2.0"}'],
  ])('nothing can be understood after a wrong length, so the server ends and says why: %s', async (_, bytes) => {
    await editor.initialize();
    editor.write(bytes);
    editor.notify('initialized', {});
    const { code, stderr } = await editor.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('not the Language Server Protocol') });
  });
});

it('says nothing of a file that is too long to be run, and goes on with the others', async () => {
  await editor.initialize();
  editor.open('file:///long/crisol.yaml', `name: ${'x'.repeat(50_000_000)}`);
  editor.open('file:///long/dvc.yaml', `stages: ${'x'.repeat(10_000_000)}`);
  for (const uri of ['file:///long/crisol.yaml', 'file:///long/dvc.yaml']) {
    expect((await editor.ask('textDocument/hover', place(uri, { line: 0, character: 2 }))).result).toBeNull();
  }
  editor.open(URI, TEXT);
  expect(await steps()).toEqual(['a', 'b']);
  expect(await editor.stop()).toEqual({ code: 0, stderr: '' });
});

it('is told of two thousand files that are opened and closed at once, each as it was last', async () => {
  await editor.initialize();
  const uris = Array.from(
    { length: 2000 },
    (_, at) => `file:///many/${at}/${at % 2 ? 'crisol.yaml' : 'a.crisol.yaml'}`,
  );
  for (const uri of uris) editor.open(uri, 'steps: {a: {rnu: x}}\n');
  await Promise.all(uris.map((uri) => editor.told(uri, 1)));
  for (const uri of uris) editor.notify('textDocument/didClose', { textDocument: { uri } });
  editor.open(URI, TEXT);
  expect(await steps()).toEqual(['a', 'b']);
  expect((await editor.ask('workspace/symbol', { query: '' })).result).toHaveLength(3);
  expect(await editor.stop()).toEqual({ code: 0, stderr: '' });
});

const ADDRESSES = [
  'untitled:crisol.yaml',
  'untitled:x.crisol.yaml',
  'vscode-vfs://github/a/b/crisol.yaml',
  'file://host/share/y.crisol.yaml',
  'file:///c%3A/x/crisol.yaml',
  'file:///%zz/crisol.yaml',
  'file:///a%00b/crisol.yaml',
  'file:///a%2Fb/crisol.yaml',
  'file:////crisol.yaml',
  'http://[bad/crisol.yaml',
  'file:///x/\ud800/crisol.yaml',
  'C:\\x\\crisol.yaml',
  'crisol.yaml',
  '/dvc.yaml',
  'untitled:dvc.yaml',
  `file:///${'a/'.repeat(5000)}x.crisol.yaml`,
  '',
];

it.each(ADDRESSES.map((uri) => [uri.slice(0, 60), uri]))(
  'helps with a file at any address: %s',
  async (_, uri = '') => {
    await editor.initialize();
    editor.open(
      uri,
      'version: 1\ninclude: q.crisol.yaml\nparams: p.yaml\nvars: [v.yaml]\nsteps: {a: {run: x, deps: [y]}}\n',
    );
    for (const method of FEATURES) {
      expect(await editor.ask(method, place(uri, { line: 2, character: 10 }))).not.toHaveProperty('error');
    }
    expect(await editor.ask('workspace/symbol', { query: '' })).not.toHaveProperty('error');
    editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    editor.notify('textDocument/didClose', { textDocument: { uri } });
    expect(await editor.stop()).toEqual({ code: 0, stderr: '' });
  },
);
