import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import { CrisolError } from '../../base/errors.ts';
import type { LookOptions } from '../../files/index.ts';
import type { StepCache } from '../cache/index.ts';
import type { RunParams } from '../cache/ports.ts';
import { mirror, removeMirror } from './mirror.ts';

/** What a sweep's step depended on when the sweep began. */
export interface Snapshot {
  key: KeyParts;
}

/** Copying more than this takes longer, and more of the disk, than anybody expects of a sweep. */
export const MOST_COPIED = 256 * 1024 * 1024;

const TRIES = 3;

export interface SnapshotParts {
  workspace: string;
  umask: number;
  cache: Pick<StepCache, 'partsFor' | 'changesBetween'>;
}

/**
 * The workspace as it is now, for all trials of a sweep: what their step reads is copied, so that a person may go on working. What is too
 * large for that is linked, and looked at by each trial. An earlier snapshot whose files are gone is taken anew, if all is as it was.
 */
export async function takeSnapshot(
  { workspace, umask, cache }: SnapshotParts,
  { step, params, paramsFiles }: { step: PlannedStep; params: RunParams; paramsFiles: readonly string[] },
  base: string,
  earlier: Snapshot | null,
  options: LookOptions,
): Promise<Snapshot> {
  if (earlier && existsSync(base)) return earlier;
  for (let attempt = 1; ; attempt++) {
    const key = await cache.partsFor(step, params, options);
    const since = earlier ? await cache.changesBetween(earlier.key, key) : null;
    if (since !== null)
      throw changed(`This changed since the sweep began: ${since}.`, 'Start the sweep anew: `crisol sweep NAME`.');
    await removeMirror(base);
    const copied = [...key.deps.filter(isCopied).map(({ path }) => path), ...paramsFiles];
    const apart = new Map(outermost(copied).map((path) => [path, 'copy'] as const));
    await mirror(workspace, base, apart, umask);
    options.signal?.throwIfAborted();
    const meanwhile = await cache.changesBetween(key, await cache.partsFor(step, params, options));
    if (meanwhile === null) return { key };
    if (attempt === TRIES)
      throw changed(`This keeps changing while the sweep begins: ${meanwhile}.`, 'Start it when nobody writes there.');
  }
}

export const baseOf = (folder: string): string => join(folder, 'base');

/** The deps that trials read where they lie. */
export const linkedDeps = ({ key }: Snapshot): KeyParts['deps'] => key.deps.filter((dep) => !isCopied(dep));

function isCopied({ path, digest }: KeyParts['deps'][number]): boolean {
  if (path === '.' || digest === null || digest.kind === 'link') return false;
  // a copy has the links, and not what they lead to
  if (digest.kind === 'folder' && digest.behind !== undefined) return false;
  return digest.bytes <= MOST_COPIED;
}

const outermost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));

const changed = (message: string, hint: string) => new CrisolError('SWEEP_GROUND_CHANGED', message, { hint });
