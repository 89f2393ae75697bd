import { lstatSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { FilesProgress } from '../../../schemas/pipelines/files-progress.ts';
import { filesProgressText, fractionOf } from '../../../schemas/pipelines/files-progress.ts';
import type { Found } from '../../../schemas/pipelines/identity.ts';
import { isSame } from '../../../schemas/pipelines/identity.ts';
import type { Dep } from '../../../schemas/pipelines/key.ts';
import type { Change } from '../../../schemas/pipelines/why.ts';
import { CrisolError } from '../../base/errors.ts';
import type { LookOptions } from '../../files/index.ts';
import type { Keeping, StepCacheDeps } from './ports.ts';

/** What lies at the path of an out. */
export interface Lying extends Dep {
  /** why it has no content, in words: a pipe lies there, or what may not be read. Its digest is null, and it is in the way all the same. */
  unusable?: string;
}

export type KeptOuts = { kept: Dep[] } | { missing: Lying[] };

/** The outs of steps, as they lie in the workspace. */
export class Outs {
  private readonly deps: Pick<StepCacheDeps, 'workspace' | 'files' | 'umask'>;

  constructor(deps: Pick<StepCacheDeps, 'workspace' | 'files' | 'umask'>) {
    this.deps = deps;
  }

  async look(paths: readonly string[], options?: LookOptions): Promise<Lying[]> {
    try {
      const found = await this.deps.files.digest(paths, options);
      return paths.map((path) => ({ path, digest: found.get(path) ?? null }));
    } catch (thrown) {
      if (!isUnusable(thrown)) throw thrown;
      const [only] = paths;
      if (only !== undefined && paths.length === 1) return [{ path: only, digest: null, unusable: thrown.message }];
      return (await Promise.all(paths.map((path) => this.look([path], options)))).flat();
    }
  }

  /** Whether all of them can be brought back. */
  async has(outs: readonly Dep[]): Promise<boolean> {
    for (const { digest } of outs) if (!digest || !(await this.deps.files.has(digest))) return false;
    return true;
  }

  /**
   * Puts what lies there into the cache, or answers what is missing of it. `at`: the folder that stands for the workspace. Nothing is read
   * twice, and nothing kept of a step that plainly has not written all of them.
   */
  async keep(paths: readonly string[], { signal, tell, at = '' }: Keeping & { at?: string }): Promise<KeptOuts> {
    const gone = paths.filter((path) => !this.isThere(posix.join(at, path)));
    if (gone.length > 0) return { missing: gone.map((path) => ({ path, digest: null })) };
    const kept: Dep[] = [];
    for (const path of paths) {
      const progress = (now: FilesProgress) =>
        tell?.({ fraction: fractionOf(now), text: `keeping ${path} (${filesProgressText(now)})` });
      try {
        kept.push({ path, digest: await this.deps.files.keep(posix.join(at, path), { signal, progress }) });
      } catch (thrown) {
        if (!isUnusable(thrown)) throw thrown;
        const missing = (await this.look([posix.join(at, path)], { signal })).filter(({ digest }) => digest === null);
        if (missing.length === 0) throw thrown;
        return { missing: missing.map((one) => ({ ...one, path })) };
      }
    }
    return { kept };
  }

  /** Makes what lies in the workspace what these are. */
  async restore(outs: readonly Dep[], aside: string, options?: LookOptions): Promise<void> {
    const found = await this.look(
      outs.map(({ path }) => path),
      options,
    );
    for (const [at, { path, digest }] of outs.entries()) {
      const there = found[at] ?? { path, digest: null };
      if (!digest || isSame(there.digest, digest)) continue;
      await this.clear(there, aside);
      await this.deps.files.restore(path, digest, options);
    }
  }

  /** Nothing lies at these paths any more, and the folders that they lie in are there. */
  async makeRoom(paths: readonly string[], aside: string, options?: LookOptions): Promise<void> {
    for (const there of await this.look(paths, options)) {
      await this.clear(there, aside);
      await this.makeFolder(dirname(there.path));
    }
  }

  async setAside(paths: readonly string[], aside: string): Promise<void> {
    for (const path of paths) await this.deps.files.setAside(path, posix.join(aside, path));
  }

  private isThere(path: string): boolean {
    return lstatSync(join(this.deps.workspace, path), { throwIfNoEntry: false }) !== undefined;
  }

  /** For the step, and so with the modes that the user is used to, not with ours. */
  private async makeFolder(path: string): Promise<void> {
    const made = await mkdir(join(this.deps.workspace, path), { recursive: true });
    if (made === undefined) return;
    const above = relative(this.deps.workspace, dirname(made));
    const names = relative(above, path).split(sep);
    for (const at of names.keys()) {
      await chmod(join(this.deps.workspace, above, ...names.slice(0, at + 1)), 0o777 & ~this.deps.umask);
    }
  }

  /** Rule C5. A link is moved as one: nothing that it leads to is touched. */
  private async clear({ path, digest, unusable }: Lying, aside: string): Promise<void> {
    const { files } = this.deps;
    if (digest && digest.kind !== 'link' && (await files.has(digest))) await files.remove(path);
    else if (digest || unusable !== undefined) await files.setAside(path, posix.join(aside, path));
  }
}

const isUnusable = (thrown: unknown): thrown is CrisolError =>
  thrown instanceof CrisolError && thrown.code === 'FILE_UNUSABLE';

/** What became of outs since a result was recorded: rule C3. */
export function changesOfOuts(recorded: readonly Dep[], found: readonly Lying[]): Change[] {
  const now = new Map(found.map((one) => [one.path, one]));
  return recorded.flatMap(({ path, digest }) => {
    const there = now.get(path);
    if (isSame(there?.digest ?? null, digest)) return [];
    const words = there?.unusable ?? `${path} ${whatBecame(there?.digest ?? null)}`;
    return [{ rule: 'C3' as const, what: path, before: null, after: null, words }];
  });
}

function whatBecame(there: Found): string {
  if (there === null) return 'was deleted';
  return there.kind === 'link' ? 'was replaced by a link' : 'was changed by hand';
}
