import * as vscode from 'vscode';
import { plainWords, t } from '../texts.ts';

export interface Choice<T> extends vscode.QuickPickItem {
  value: T;
}

/** One of several; the only one is taken without asking. Giving up ends the command. */
export async function pickOne<T>(title: string, choices: Choice<T>[], options: PickOptions = {}): Promise<T> {
  const [only] = choices;
  if (only && choices.length === 1 && !options.alwaysAsk) return only.value;
  const picked = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: options.placeHolder ?? (choices.length === 0 ? options.empty : undefined),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.value;
}

export interface PickOptions {
  placeHolder?: string;
  /** what it says when there is nothing to choose from */
  empty?: string;
  alwaysAsk?: boolean;
}

export async function pickSeveral<T>(title: string, choices: Choice<T>[], placeHolder: string): Promise<T[]> {
  const picked = await vscode.window.showQuickPick(choices, { title, placeHolder, canPickMany: true });
  if (!picked) throw new vscode.CancellationError();
  return picked.map(({ value }) => value);
}

export async function ask(options: vscode.InputBoxOptions & { required: string }): Promise<string> {
  const answer = await vscode.window.showInputBox({
    ...options,
    prompt: options.prompt && plainWords(options.prompt),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? options.required : undefined),
  });
  if (answer === undefined) throw new vscode.CancellationError();
  return answer.trim();
}

/** Shows progress in a notification, with a button that cancels when `cancel` is given. */
export function withProgress<T>(
  title: string,
  work: (report: (message: string) => void) => Promise<T>,
  cancel?: () => void,
) {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Crisol: ${plainWords(title)}`,
    cancellable: cancel !== undefined,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => cancel?.());
    progress.report({ message: t('starting') });
    return work((message) => progress.report({ message: plainWords(message) }));
  });
}
