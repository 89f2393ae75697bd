import * as vscode from 'vscode';
import { plainOutput } from '../../schemas/plain-output.ts';
import { systemClock } from '../daemon/clock.ts';
import { asRequestError } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { coalesce } from '../views/coalesce.ts';
import type { CommandContext } from './context.ts';

const SCHEME = 'crisol-log';
const FASTEST_REFRESH_MS = 500;

export function logUri(runId: string, step: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${step}.log`, query: runId });
}

/** A step's output as a read-only document that grows while the step runs. */
export function provideStepLogs({ api, stores }: CommandContext): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const logs = new GrowingLogs(api);
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => logs.read(uri).catch((thrown) => asRequestError(thrown).message),
  };
  const refresh = coalesce(systemClock, FASTEST_REFRESH_MS, () => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) changed.fire(uri);
  });
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => logs.forget(uri)),
    stores.onChange((room) => {
      // a step that logs metrics has most likely written something too
      if (room === 'pipelines' || room === 'tracking') refresh();
    }),
  );
}

/** Asks only for what is new since the last time. */
class GrowingLogs {
  private readonly known = new Map<string, { text: string; offset: number }>();
  private readonly api: CommandContext['api'];

  constructor(api: CommandContext['api']) {
    this.api = api;
  }

  async read(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    let log = this.known.get(key) ?? { text: '', offset: 0 };
    for (;;) {
      const { text, next_offset } = await this.api.stepLog(uri.query, uri.path.slice(1, -'.log'.length), log.offset);
      if (text === '') break;
      log = { text: log.text + text, offset: next_offset };
    }
    this.known.set(key, log);
    return log.text === '' ? t('No output yet.') : plainOutput(log.text);
  }

  forget(uri: vscode.Uri): void {
    this.known.delete(uri.toString());
  }
}
