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
    placeHolder: choices.length === 0 ? options.empty : (options.placeHolder ?? t('Type to filter')),
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

/** Several, at least two unless it says otherwise. With fewer the box stays open and says what it waits for. */
export function pickSeveral<T>(title: string, choices: Choice<T>[], words: SeveralWords): Promise<T[]> {
  const box = vscode.window.createQuickPick<Choice<T>>();
  const { promise, resolve, reject } = Promise.withResolvers<T[]>();
  Object.assign(box, { title, items: choices, canSelectMany: true, placeholder: words.placeHolder });
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.selectedItems = choices.filter(({ picked }) => picked);
  box.onDidChangeSelection(() => {
    box.title = title;
  });
  box.onDidAccept(() => {
    const chosen = box.selectedItems.map(({ value }) => value);
    // the placeholder is hidden behind what was typed: the title is always seen
    if (chosen.length < (words.least ?? 2)) box.title = `${title}: ${words.tooFew}`;
    else resolve(chosen);
  });
  box.onDidHide(() => reject(new vscode.CancellationError()));
  box.show();
  return promise.finally(() => box.dispose());
}

export interface SeveralWords {
  placeHolder: string;
  tooFew: string;
  least?: number;
}

export interface AskOptions extends vscode.InputBoxOptions {
  /** what it says until the answer is valid */
  required: string;
  /** anything at all, when it is not given */
  isValid?(text: string): boolean;
}

export async function ask({ isValid = Boolean, ...options }: AskOptions): Promise<string> {
  const answer = await vscode.window.showInputBox({
    ...options,
    prompt: options.prompt && plainWords(options.prompt),
    ignoreFocusOut: true,
    validateInput: (text) => (isValid(text.trim()) ? undefined : options.required),
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
    return work((message) => progress.report({ message: plainWords(message) }));
  });
}
