import * as vscode from 'vscode';
import type { Room } from '../views/stores.ts';
import type { CommandContext } from './context.ts';

/** Waits until what is known of a room gives an answer; gives up when the daemon is gone for good. */
export function until<T>({ stores, session }: CommandContext, room: Room, look: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look();
      const gone = session.state.kind === 'stopped' || session.state.kind === 'failed';
      if (found === undefined && !gone) return;
      for (const listening of listenings) listening.dispose();
      if (found === undefined) reject(new vscode.CancellationError());
      else resolve(found);
    };
    const listenings = [
      session.onState(check),
      stores.onChange((changed) => {
        if (changed === room) check();
      }),
    ];
    check();
  });
}
