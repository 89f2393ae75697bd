import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { readPrivate, writePrivate } from '../../../life/index.ts';
import type { Seal } from '../../../store/index.ts';

const Instance = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  version: Type.String(),
  secret: Type.String(),
  address: Type.String(),
  pid: Type.Integer({ minimum: 2 }),
  /** tells it from a process that got its number later; empty where the system does not tell */
  born: Type.String(),
});
/** A supervisor that was started here. */
export type Instance = Static<typeof Instance>;

const Kept = Type.Object({ instance: Instance, seal: Type.String() });

/** The supervisors of this workspace, one file each. Only those count that this user's daemon wrote here itself. */
export class Instances {
  private readonly folder: string;
  private readonly seal: Seal;

  constructor(folder: string, seal: Seal) {
    this.folder = folder;
    this.seal = seal;
  }

  all(): Instance[] {
    return this.names().flatMap((name) => {
      const kept = readPrivate(join(this.folder, name), Kept);
      return kept && kept.seal === this.sealOf(kept.instance) ? [kept.instance] : [];
    });
  }

  /** Known from here on: whoever comes after our death looks for it. */
  keep(instance: Instance): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writePrivate(this.file(instance), { instance, seal: this.sealOf(instance) } satisfies Static<typeof Kept>);
  }

  /** It has ended, and nothing of it is left. */
  forget(instance: Instance): void {
    rmSync(this.file(instance), { force: true });
    if (process.platform === 'win32') return;
    rmSync(instance.address, { force: true });
    const home = dirname(instance.address);
    if (home === this.folder) return;
    try {
      rmdirSync(home);
    } catch {
      // it is gone, or somebody laid something into it
    }
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder).filter((name) => name.endsWith('.json'));
    } catch {
      return [];
    }
  }

  private file({ id }: Instance): string {
    return join(this.folder, `${id}.json`);
  }

  private sealOf(instance: Instance): string {
    return this.seal('supervisor', JSON.stringify(instance));
  }
}
