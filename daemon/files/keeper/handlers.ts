import { lstatSync } from 'node:fs';
import { CrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import type { Watch } from '../jobs/watch.ts';
import type { Look } from '../looking/looker.ts';
import { collect } from '../objects/garbage.ts';
import { hasAll, keep } from '../objects/keeping.ts';
import { setAside, unprotect } from '../objects/moving.ts';
import { removeAll } from '../objects/removing.ts';
import { systemPath } from '../raw.ts';
import { differencesOf } from '../tree/diff.ts';
import { ListMissing } from '../tree/list.ts';
import type { Memory } from './memory.ts';
import type { Parts } from './parts.ts';
import type { Progress } from './progress.ts';
import type { Asked, Call, Calls } from './protocol.ts';

export interface Context {
  watch: Watch;
  /** milliseconds since 1970 */
  clock: number;
  progress: Pick<Progress, 'found' | 'expect'>;
}

export type Handlers = {
  [C in Call]: (parts: Parts, asked: Asked<C>, context: Context) => Calls[C]['answer'] | Promise<Calls[C]['answer']>;
};

/** What each call does. Whoever collects is alone with the store; all else goes on at once. */
export const handlers: Handlers = {
  async digest({ paths, looker, memory }, { paths: asked, throughLinks }, context) {
    const raws = new Map(asked.map((path) => [path, paths.within(path)]));
    const digests = await looker.digest([...new Set(raws.values())], { ...lookOf(memory, context), throughLinks });
    return new Map([...raws].map(([path, raw]) => [path, digests.get(raw) ?? null]));
  },

  changes({ lists }, { before, now, most }) {
    try {
      return differencesOf(lists.read, before, now, most);
    } catch (failure) {
      if (failure instanceof ListMissing) return undefined;
      throw failure;
    }
  },

  keep(parts, { path }, context) {
    return parts.gate.shared(() => keep(parts, parts.paths.withinMade(path), lookOf(parts.memory, context)));
  },

  has({ gate, objects, lists }, { digest }) {
    return gate.shared(async () => hasAll(objects, lists.read, digest));
  },

  async restore({ gate, restorer, paths, memory }, { path, digest }, context) {
    if (digest.kind === 'link') throw new CrisolError('INVALID_PARAMETER_VALUE', 'A link by itself is not kept.');
    await gate.shared(() => restorer.restore(paths.withinOuts(path), digest, lookOf(memory, context)));
    return undefined;
  },

  setAside({ paths, umask }, { path, where }) {
    return setAside(paths, paths.withinOuts(path), paths.within(where), umask);
  },

  async remove({ paths }, { path }) {
    const target = paths.absolute(paths.withinOuts(path));
    if (!lstatSync(systemPath(target), { throwIfNoEntry: false })) return false;
    try {
      await removeAll(target);
    } catch (failure) {
      throw asFileError(failure, path);
    }
    return true;
  },

  async unprotect({ paths, draft, umask }, { path }) {
    await unprotect(paths.absolute(paths.withinOuts(path)), draft, umask);
    return undefined;
  },

  async usage({ objects, memory }) {
    const usage = { objects: 0, bytes: 0, indexBytes: memory.bytes() };
    for await (const { bytes } of objects.all()) {
      usage.objects++;
      usage.bytes += bytes;
    }
    return usage;
  },

  collect({ gate, objects, lists, known }, { needed, dryRun }, { clock }) {
    return gate.exclusive(() => collect({ objects, lists, known, clock, dryRun }, needed));
  },
};

function lookOf(memory: Memory, { watch, clock, progress }: Context): Look {
  let now: number | undefined;
  return {
    watch,
    found: (files) => progress.found(files),
    toRead: (bytes) => progress.expect(bytes),
    now() {
      now ??= memory.timeOfDisk(clock);
      return now;
    },
  };
}
