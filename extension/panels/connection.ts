import type { AnyToPanel, Connection } from '../../schemas/panels/common.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { LinkState, Subscription } from '../daemon/link.ts';
import { asRequestError } from '../daemon/link.ts';
import type { ConversationPorts } from './ports.ts';

/** Tells a panel how the connection is, now and whenever it changes. */
export function tellConnection(link: ConversationPorts['link'], post: (message: AnyToPanel) => void): Subscription {
  return link.onState((state) => {
    for (const message of connectionMessages(state)) post(message);
  });
}

const CONNECTIONS: Record<LinkState['kind'], Connection> = {
  connected: 'connected',
  starting: 'away',
  reconnecting: 'away',
  stopped: 'stopped',
  failed: 'stopped',
  untrusted: 'absent',
  'no-folder': 'absent',
  'no-file': 'absent',
};

export function connectionMessages(state: LinkState): AnyToPanel[] {
  return [
    { type: 'connection', connection: CONNECTIONS[state.kind] },
    { type: 'problem', problem: state.kind === 'failed' ? problemOf(state.problem) : null },
  ];
}

/** What was thrown, as a panel shows it. */
export function problemOf(thrown: unknown): ErrorBody {
  const { code, message, hint } = asRequestError(thrown);
  return { error_code: code, message, hint };
}
