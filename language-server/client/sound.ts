import { LIVE_NOTIFICATION, WHY_REQUEST } from '../../schemas/language/protocol.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const whole: Check = (value) => Number.isInteger(value);
const truth: Check = (value) => typeof value === 'boolean';
const orNone =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const map =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(fields).every(([key, check]) => check(Object(value)[key]));

const position = map({ line: whole, character: whole });
const range = map({ start: position, end: position });
const textDocument = map({ uri: text });
const versioned = map({ uri: text, version: whole });

const inFile = map({ textDocument });
const atPosition = map({ textDocument, position });
const atRange = map({ textDocument, range });
const ofStep = map({ item: map({ uri: text, name: text, range, selectionRange: range }) });
const change = map({ text, range: (value) => value === undefined || range(value) });

/** What is read of the params of each message; of others nothing is. */
const PARAMS: Readonly<Record<string, Check>> = {
  initialize: map({
    capabilities: map({}),
    rootUri: orNone(text),
    workspaceFolders: orNone(list(map({ uri: text }))),
    initializationOptions: orNone(map({ commands: orNone(truth), docs: orNone(text) })),
  }),
  'textDocument/didOpen': map({ textDocument: map({ uri: text, version: whole, text }) }),
  'textDocument/didChange': map({ textDocument: versioned, contentChanges: list(change) }),
  'textDocument/didClose': inFile,
  'textDocument/didSave': inFile,
  'workspace/didChangeWatchedFiles': map({ changes: list(map({ uri: text })) }),
  'textDocument/completion': atPosition,
  'textDocument/hover': atPosition,
  'textDocument/definition': atPosition,
  'textDocument/references': map({ textDocument, position, context: map({ includeDeclaration: truth }) }),
  'textDocument/documentHighlight': atPosition,
  'textDocument/prepareRename': atPosition,
  'textDocument/rename': map({ textDocument, position, newName: text }),
  'textDocument/signatureHelp': atPosition,
  'textDocument/prepareCallHierarchy': atPosition,
  'callHierarchy/incomingCalls': ofStep,
  'callHierarchy/outgoingCalls': ofStep,
  'textDocument/codeAction': map({ textDocument, range, context: map({ only: orNone(list(text)) }) }),
  'textDocument/rangeFormatting': atRange,
  'textDocument/inlayHint': atRange,
  'textDocument/selectionRange': map({ textDocument, positions: list(position) }),
  'textDocument/foldingRange': inFile,
  'textDocument/documentLink': inFile,
  'textDocument/semanticTokens/full': inFile,
  'textDocument/formatting': inFile,
  'textDocument/codeLens': inFile,
  'textDocument/documentSymbol': inFile,
  'workspace/symbol': map({ query: text }),
  [WHY_REQUEST]: map({ uri: text, step: text }),
  [LIVE_NOTIFICATION]: map({
    folder: orNone(text),
    steps: list(map({})),
    runs: list(map({})),
    best: list(map({})),
    models: list(map({})),
    monitors: list(map({ name: text })),
    show: map({}),
  }),
};

/** Whether what a message brings can be read as the protocol says. */
export const isSound = (method: string, params: unknown): boolean =>
  !Object.hasOwn(PARAMS, method) || (PARAMS[method]?.(params) ?? true);
