import type { Connection } from 'vscode-languageserver';
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { LiveValues } from '../../schemas/language/live.ts';
import { LIVE_NOTIFICATION } from '../../schemas/language/protocol.ts';
import type { Live } from '../live/live.ts';
import type { Client } from './client.ts';

/** The editor tells what the daemon knows. What shows it is told, or asked for, anew. */
export function hearLive(connection: Connection, { refreshes }: Client, live: Live, tell: () => void): void {
  connection.onNotification(LIVE_NOTIFICATION, (values: LiveValues) => {
    live.values = values;
    tell();
    // an editor that has gone meanwhile needs no answer
    if (refreshes.lenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (refreshes.hints) connection.languages.inlayHint.refresh().catch(() => undefined);
  });
}
