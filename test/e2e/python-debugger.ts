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

/** Stands for the Python extension's debugger: the session ends at once, and leaves its environment in a file. */
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
exports.activate = () => vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', {
  createDebugAdapterDescriptor: (session) => {
    const sent = new vscode.EventEmitter();
    return new vscode.DebugAdapterInlineImplementation({
      onDidSendMessage: sent.event,
      handleMessage(message) {
        if (message.command === 'launch') writeFileSync(message.arguments.file, JSON.stringify(message.arguments.env ?? {}));
        sent.fire({ type: 'response', request_seq: message.seq, command: message.command, success: true, body: {} });
        if (message.command === 'launch') sent.fire({ type: 'event', event: 'terminated' });
      },
      dispose() {},
    });
  },
});
`;
