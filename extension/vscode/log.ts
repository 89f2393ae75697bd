import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { readLogLine } from '../daemon/log-lines.ts';

interface Follower {
  dispose(): void;
}

/** The output channel "Crisol": what the extension says, and what the daemon writes to its log. */
export function showDaemonLog(log: vscode.LogOutputChannel, link: DaemonLink): vscode.Disposable {
  let followed: string | undefined;
  let follower: Promise<Follower> | undefined;
  const stop = () => void follower?.then((one) => one.dispose());
  const listening = link.onState((state) => {
    if (state.kind !== 'connected' || state.address.status.workspace === followed) return;
    stop();
    followed = state.address.status.workspace;
    follower = follow(followed, log);
    follower.catch((failure: unknown) => log.warn(`the daemon's log cannot be shown: ${failure}`));
  });
  return vscode.Disposable.from(listening, { dispose: stop });
}

async function follow(workspace: string, log: vscode.LogOutputChannel): Promise<Follower> {
  const { LogFollower } = await import('../daemon/talk.ts');
  return new LogFollower(workspace, (line) => {
    const { level, text } = readLogLine(line);
    log[level](`daemon: ${text}`);
  });
}
