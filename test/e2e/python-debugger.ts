/** Stands for the Python extension: what is selected is what a setting says. */
export const PYTHON_MANIFEST = {
  name: 'python',
  publisher: 'ms-python',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.102.0' },
  main: './main.js',
  activationEvents: [],
};

export const PYTHON_MAIN = `
const vscode = require('vscode');
exports.activate = () => {
  const changed = new vscode.EventEmitter();
  const path = () => vscode.workspace.getConfiguration('python').get('defaultInterpreterPath') ?? '/usr/bin/python3';
  vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('python') && changed.fire({ path: path() }));
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: path(), path: path() }),
      resolveEnvironment: async (one) => ({ executable: { uri: vscode.Uri.file(one.path) } }),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
`;

/**
 * Stands for the Python extension's debugger. A session that launches ends at once, and leaves its environment in a file; one that
 * waits for a program to attach ends with it.
 */
export const MANIFEST = {
  name: 'debugger',
  publisher: 'tests',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.102.0' },
  main: './main.js',
  activationEvents: ['onDebug'],
  contributes: { debuggers: [{ type: 'debugpy', label: 'Python' }] },
};

export const MAIN = `
const vscode = require('vscode');
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
exports.activate = () => vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', {
  createDebugAdapterDescriptor: (session) => {
    const sent = new vscode.EventEmitter();
    return new vscode.DebugAdapterInlineImplementation({
      onDidSendMessage: sent.event,
      handleMessage(message) {
        if (message.command === 'attach') return this.attach(message);
        if (message.command === 'launch') writeFileSync(message.arguments.file, JSON.stringify(message.arguments.env ?? {}));
        sent.fire({ type: 'response', request_seq: message.seq, command: message.command, success: true, body: {} });
        if (message.command === 'launch') sent.fire({ type: 'event', event: 'terminated' });
      },
      attach(message) {
        const server = createServer((program) => {
          sent.fire({ type: 'response', request_seq: message.seq, command: 'attach', success: true, body: {} });
          sent.fire({ type: 'event', event: 'initialized' });
          program.write('go on').on('error', () => {});
          program.resume().on('close', () => sent.fire({ type: 'event', event: 'terminated' }));
        });
        server.listen(message.arguments.listen.port, '127.0.0.1', () => {
          const body = { host: '127.0.0.1', port: server.address().port };
          sent.fire({ type: 'event', event: 'debugpyWaitingForServer', body });
        });
      },
      dispose() {},
    });
  },
});
`;

/** What programs connect with: it waits until it is told to go on, and the connection ends with the program. */
export const LIBRARY = `
import socket

_connection = None


def connect(address):
    global _connection
    _connection = socket.create_connection(address)


def wait_for_client():
    print("attached,", _connection.recv(5).decode())
`;
