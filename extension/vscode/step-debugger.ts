import { dirname, join } from 'node:path';
import * as vscode from 'vscode';

/** As VS Code's extension for it is called, and those that stand in for it. */
const TYPE = 'debugpy';
const EXTENSION = 'ms-python.debugpy';

/** The debugger waits for a program to connect to it. */
export interface WaitingDebugger {
  session: vscode.DebugSession;
  port: number;
}

/** The extension that debugs Python; undefined where there is none. */
export function pythonDebugger(): vscode.Extension<unknown> | undefined {
  const { getExtension, all } = vscode.extensions;
  return getExtension(EXTENSION) ?? all.find(({ packageJSON }) => offers(packageJSON));
}

export async function installPythonDebugger(): Promise<void> {
  await vscode.commands.executeCommand('workbench.extensions.installExtension', EXTENSION);
}

/** The folder with the debugpy that it brings along, for a Python that has none. */
export async function debuggerLibraries(extension: vscode.Extension<unknown>): Promise<string> {
  const offered: unknown = await extension.activate();
  const said = (offered as { debug?: { getDebuggerPackagePath?(): Promise<string | undefined> } } | undefined)?.debug;
  const path = await said?.getDebuggerPackagePath?.();
  return path ? dirname(path) : join(extension.extensionPath, 'bundled', 'libs');
}

/** Answers when it listens; undefined: it did not begin, which VS Code has told. */
export async function startDebugger(
  folder: vscode.Uri | undefined,
  name: string,
): Promise<WaitingDebugger | undefined> {
  const key = `${Date.now()}`;
  const { promise, resolve } = Promise.withResolvers<WaitingDebugger | undefined>();
  const tracking = vscode.debug.registerDebugAdapterTrackerFactory(TYPE, {
    createDebugAdapterTracker: (session) =>
      session.configuration.crisolKey === key
        ? {
            onDidSendMessage: (message: unknown) => isWaiting(message) && resolve({ session, port: message.body.port }),
          }
        : undefined,
  });
  const configuration: vscode.DebugConfiguration = {
    type: TYPE,
    request: 'attach',
    name,
    listen: { host: '127.0.0.1', port: 0 },
    justMyCode: true,
    crisolKey: key,
  };
  // it answers once the program is attached, or when that came to nothing
  vscode.debug.startDebugging(folder && vscode.workspace.getWorkspaceFolder(folder), configuration).then(
    (isStarted) => isStarted || resolve(undefined),
    () => resolve(undefined),
  );
  return promise.finally(() => tracking.dispose());
}

function isWaiting(message: unknown): message is { body: { port: number } } {
  const { event, body } = (message ?? {}) as { event?: unknown; body?: { port?: unknown } };
  return event === 'debugpyWaitingForServer' && typeof body?.port === 'number';
}

function offers(manifest: unknown): boolean {
  const { contributes } = (manifest ?? {}) as { contributes?: { debuggers?: { type?: unknown }[] } };
  return contributes?.debuggers?.some(({ type }) => type === TYPE) ?? false;
}
