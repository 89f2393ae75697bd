import type { ComponentChildren, VNode } from 'preact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Connection } from '../../schemas/panels/common.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import { Button, ProgressRing } from './toolkit.ts';

/** Shown instead of content: nothing there yet, and what to do about it. */
export function Empty(props: { children: ComponentChildren }): VNode {
  return <div class="empty">{props.children}</div>;
}

/** How the panel around it is connected. */
const Connected = createContext<Connection>('connected');

/** Nothing is on its way while there is nobody to ask: the frame says why. */
export function Loading(props: { what: string }): VNode {
  const connection = useContext(Connected);
  if (connection === 'stopped' || connection === 'absent') return <div class="empty unread">Not read yet.</div>;
  return (
    <div class="empty unread" role="status">
      <ProgressRing />
      <span>{props.what}</span>
    </div>
  );
}

/** Only the sign is coloured: warning colours are too pale for text in light themes. */
export function Warning(props: { children: ComponentChildren }): VNode {
  return (
    <span class="warn">
      <span aria-hidden="true">⚠</span> {props.children}
    </span>
  );
}

export function Problem({ problem }: { problem: ErrorBody }): VNode {
  return (
    <div class="problem" role="alert">
      <div>{problem.message}</div>
      {problem.hint ? <div class="muted">{problem.hint}</div> : null}
      <code>{problem.error_code}</code>
    </div>
  );
}

const NOTICES: Record<Connection, string | null> = {
  connected: null,
  away: 'Reconnecting…',
  stopped: 'The Crisol daemon is stopped.',
  absent: 'Crisol does not run in this folder.',
};

/** The frame of every panel: what it holds stays while the daemon is away, greyed, and says so. */
export function Shell(props: {
  connection: Connection;
  problem: ErrorBody | null;
  onStart: () => void;
  children: ComponentChildren;
}): VNode {
  const away = props.connection !== 'connected';
  return (
    <main class={away ? 'shell away' : 'shell'}>
      <div class={away ? 'notice' : undefined}>
        <span role="status">
          {NOTICES[props.connection]}
          {away ? <span class="last-known"> This is the last known state.</span> : null}
        </span>
        {props.connection === 'stopped' ? (
          <Button look="primary" onPress={props.onStart}>
            Start daemon
          </Button>
        ) : null}
      </div>
      {props.problem ? <Problem problem={props.problem} /> : null}
      <div class="content">
        <Connected.Provider value={props.connection}>{props.children}</Connected.Provider>
      </div>
    </main>
  );
}
