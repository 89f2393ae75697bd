import * as vscode from 'vscode';
import { formatBytes } from '../../schemas/bytes-text.ts';
import { plainOutput } from '../../schemas/plain-output.ts';
import { systemClock } from '../daemon/clock.ts';
import type { Subscription } from '../daemon/link.ts';
import { asRequestError } from '../daemon/link.ts';
import { LogTail } from '../daemon/log-tail.ts';
import { t } from '../texts.ts';
import { coalesce } from '../views/coalesce.ts';
import type { CommandContext } from './context.ts';

const SCHEME = 'crisol-log';
const FASTEST_REFRESH_MS = 500;

export function logUri(runId: string, step: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${step}.log`, query: runId });
}

const stepOf = ({ path }: vscode.Uri): string => path.slice(1, -'.log'.length);

interface OpenLog {
  tail: LogTail;
  listening: Subscription;
}

/** A step's output as a read-only document that grows while the step runs. */
export function provideStepLogs({ api, session }: CommandContext): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = new Map<string, OpenLog>();
  const opened = (uri: vscode.Uri): OpenLog => {
    const known = open.get(uri.toString());
    if (known) return known;
    const [runId, step] = [uri.query, stepOf(uri)];
    const refresh = coalesce(systemClock, FASTEST_REFRESH_MS, () => changed.fire(uri));
    const log = {
      tail: new LogTail((place) => api.stepLog(runId, step, place)),
      listening: session.subscribe(`log:${runId}/${step}`, (message) => {
        if (message.type === 'log/part' || message.type === 'log/snapshot') refresh();
      }),
    };
    open.set(uri.toString(), log);
    return log;
  };
  const close = (uri: vscode.Uri) => {
    open.get(uri.toString())?.listening.dispose();
    open.delete(uri.toString());
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      opened(uri)
        .tail.read()
        .then(
          (log) => wordsOf(log, stepOf(uri)),
          (thrown) => asRequestError(thrown).message,
        ),
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.workspace.onDidCloseTextDocument((document) => document.uri.scheme === SCHEME && close(document.uri)),
    new vscode.Disposable(() => {
      for (const { listening } of open.values()) listening.dispose();
    }),
  );
}

function wordsOf({ text, start }: { text: string; start: number }, step: string): string {
  if (text === '') return t('No output yet.');
  const before = t('[{0} before this are not shown: `crisol logs {1}` prints all of it.]', formatBytes(start), step);
  return start > 0 ? `${before}\n${plainOutput(text)}` : plainOutput(text);
}
