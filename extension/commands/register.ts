import * as vscode from 'vscode';
import { attempt } from './attempt.ts';
import type { CommandContext } from './context.ts';

/** Commands by id. */
export function registerAll(
  context: CommandContext,
  handlers: Record<string, (...args: unknown[]) => unknown>,
): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => attempt(context, () => handler(...args))),
  );
  return vscode.Disposable.from(...registered);
}
