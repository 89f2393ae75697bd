import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeActionRequest,
  CodeLensRefreshRequest,
  CodeLensRequest,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  InlayHintRefreshRequest,
  InlayHintRequest,
} from 'vscode-languageserver/node';
import type { LiveValues } from '../../../schemas/language/live.ts';
import { LIVE_NOTIFICATION, WHY_REQUEST } from '../../../schemas/language/protocol.ts';
import { packedProgram } from '../../support/programs.ts';
import { LspClient, URI } from './lsp-client.ts';

const TEXT = `version:   1
steps:
  split: {run: split, outs: [a.csv]}
  train:
    run: train
    deps: [a.csv]
sweeps: {tune: {step: train, space: {}, goal: maximize f1}}
`;

const run = { id: 'r1', name: 'brave-otter', started_at: 0, metrics: [{ key: 'f1', value: 0.5 }], params: [] };
const LIVE: LiveValues = {
  folder: 'file:///somewhere',
  canRun: true,
  steps: [{ name: 'split', state: 'succeeded', seconds: 1, reason: '', ran: 1, metrics: [] }],
  sweeps: [],
  runs: [run],
  best: [{ metric: 'f1', run }],
  models: [],
  knowsModels: false,
  monitors: [],
  show: { lenses: true, hints: true },
};
const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } };
const textDocument = { uri: URI };
const options = { tabSize: 2, insertSpaces: true };

describe('what the daemon knows', () => {
  let client: LspClient;
  const refreshed: string[] = [];
  beforeEach(async () => {
    client = new LspClient(process.execPath, [packedProgram('language-server'), '--stdio']);
    for (const type of [CodeLensRefreshRequest.type, InlayHintRefreshRequest.type]) {
      client.connection.onRequest(type, () => void refreshed.push(type.method));
    }
  });
  afterEach(() => client.dispose());

  it('is told to the server, which asks the editor to look again', async () => {
    const workspace = { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } };
    await client.initialize({ workspace }, { options: { commands: true } });
    await client.open(TEXT);
    const lenses = () => client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    const hints = () => client.connection.sendRequest(InlayHintRequest.type, { textDocument, range: EVERYTHING });
    expect(await lenses()).toEqual([]);
    expect((await hints())?.map(({ label }) => label)).toEqual(['after split']);

    await client.connection.sendNotification(LIVE_NOTIFICATION, LIVE);
    expect((await lenses())?.map(({ command }) => command?.command)).toContain('crisol.pipeline.runStep');
    expect((await hints())?.map(({ label }) => label)).toEqual(['after split', 'last and best 0.500']);
    expect(refreshed).toEqual(['workspace/codeLens/refresh', 'workspace/inlayHint/refresh']);
    const reasons = await client.connection.sendRequest(WHY_REQUEST, { uri: URI, step: 'train' });
    expect(JSON.stringify(reasons)).toContain('It waits for split: it reads a.csv');
  });

  it('is nothing to an editor without our commands, which has all else', async () => {
    const { capabilities } = await client.initialize({});
    expect(capabilities.codeLensProvider).toBeUndefined();
    await client.open(TEXT);
    const { connection } = client;
    const formatted = [{ newText: 'version: 1', range: expect.anything() }];
    expect(await connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options })).toEqual(formatted);
    const range = { start: { line: 0, character: 2 }, end: { line: 1, character: 0 } };
    const selected = await connection.sendRequest(DocumentRangeFormattingRequest.type, {
      textDocument,
      range,
      options,
    });
    expect(selected).toEqual(formatted);
    const context = { diagnostics: [], only: ['refactor'] };
    const at = { start: { line: 3, character: 3 }, end: { line: 3, character: 3 } };
    const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument, range: at, context });
    expect(actions?.map(({ title }) => title)).toEqual(['Say in `needs` that it waits for `split`']);
    const [item] =
      (await connection.sendRequest(CallHierarchyPrepareRequest.type, { textDocument, position: at.start })) ?? [];
    if (!item) throw new Error('no step there');
    const calls = await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item });
    expect(calls?.map(({ from }) => from.name)).toEqual(['split']);
  });
});
