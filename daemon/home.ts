/** The workspace, ours alone from now on. Its files can be looked at while all else still loads. */
import { systemClock } from './base/clock.ts';
import type { Disposables } from './base/disposables.ts';
import { lookAhead } from './files/index.ts';
import { lockWorkspace } from './life/index.ts';
import type { DaemonOptions } from './options.ts';
import { StateFolder } from './store/index.ts';

export type Home = ReturnType<typeof openHome>;

export function openHome({ workspace, forRun }: DaemonOptions, umask: number, life: Disposables) {
  const clock = systemClock;
  const folder = new StateFolder(workspace);
  life.add(lockWorkspace(folder.file('lock')));
  const place = { workspace, folder: folder.file('cache'), umask };
  return { clock, folder, place, umask, ahead: forRun ? lookAhead(place, clock) : undefined };
}
