import type { Connection } from 'vscode-languageserver';
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { LiveValues } from '../../schemas/language/live.ts';
import { LIVE_NOTIFICATION } from '../../schemas/language/protocol.ts';
import type { Live } from '../live/live.ts';
import type { Workspace } from '../projects/workspace.ts';
import type { Client } from './client.ts';

interface Heard {
  live: Live;
  workspace: Workspace;
}

/** The editor tells what the daemon knows. What shows it is told, or asked for, anew. */
export function hearLive(connection: Connection, { refreshes }: Client, known: Heard, tell: () => void): void {
  const { live, workspace } = known;
  connection.onNotification(LIVE_NOTIFICATION, (values: LiveValues) => {
    // it is news all the time while something runs, and rarely of models
    if (live.hear(values)) workspace.changed();
    tell();
    // an editor that has gone meanwhile needs no answer
    if (refreshes.lenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (refreshes.hints) connection.languages.inlayHint.refresh().catch(() => undefined);
  });
}
