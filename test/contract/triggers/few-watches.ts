import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const LIMIT = '/proc/sys/user/max_inotify_watches';

/** Whether the system lets a process have a lower limit of its own: on Linux, where users may have namespaces. */
export const CAN_LIMIT = spawnSync('unshare', ['-Ur', 'sh', '-c', `echo 9 > ${LIMIT}`]).status === 0;

/** A Node that may watch only so many folders, until the test lets it have more. */
export class FewWatches {
  private readonly place = new TempWorkspace();
  readonly execPath: string;

  constructor(most: number) {
    const raised = this.place.path('raised');
    const wait = `while [ -d "${this.place.folder}" ] && [ ! -e "${raised}" ]; do sleep 0.1; done`;
    const inside = `echo ${most} > ${LIMIT}; (${wait}; echo 100000 > ${LIMIT}; touch "${raised}.done") & exec "$0" "$@"`;
    this.place.write('node', `#!/bin/sh\nexec unshare -Ur sh -c '${inside}' "${process.execPath}" "$@"\n`);
    this.execPath = this.place.path('node');
    chmodSync(this.execPath, 0o755);
  }

  raise(): void {
    this.place.write('raised', '');
  }

  get isRaised(): boolean {
    return this.place.has('raised.done');
  }

  dispose(): void {
    this.place.dispose();
  }
}
