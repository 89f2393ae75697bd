import { Looker } from '../looking/looker.ts';
import { Gate } from '../objects/gate.ts';
import { canProtect } from '../objects/moving.ts';
import { Objects } from '../objects/objects.ts';
import { Restorer } from '../objects/restorer.ts';
import { Staging } from '../objects/staging.ts';
import { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { Crew } from './crew.ts';
import type { Memory } from './memory.ts';
import type { KeeperOptions } from './protocol.ts';

export type Parts = ReturnType<typeof partsOf>;

/** All that the keeper works with. */
export function partsOf(memory: Memory, { workspace, umask, hardlinks: wantsHardlinks }: KeeperOptions) {
  const { known, disks, lists, folder } = memory;
  const paths = new Paths(workspace);
  const crew = new Crew();
  const looker = new Looker({ paths, crew, known, disks, lists });
  const objects = new Objects(folder);
  const draft = (): Raw => new Staging(folder, folder).draft();
  let isProtected: boolean | undefined;
  const hardlinks = () => {
    if (wantsHardlinks) isProtected ??= canProtect(draft());
    return isProtected === true;
  };
  const restorer = new Restorer({ paths, crew, known, looker, objects, umask, lists: lists.read, hardlinks });
  return { memory, crew, known, lists, paths, looker, objects, restorer, draft, umask, gate: new Gate() };
}
