import type { Digest } from '../../../schemas/pipelines/digest.ts';
import type { Known } from '../looking/known.ts';
import type { Collected } from '../ports.ts';
import type { List } from '../tree/list.ts';
import type { ListLog } from '../tree/list-log.ts';
import type { Objects } from './objects.ts';
import { KEPT_JUST_NOW_MS } from './paths.ts';

export interface GarbageParts {
  objects: Objects;
  lists: ListLog;
  known: Known;
  /** milliseconds since 1970 */
  clock: number;
  dryRun: boolean;
}

/** Removes what no needed digest leads to. Nothing may be kept or restored meanwhile. */
export async function collect(parts: GarbageParts, digests: readonly Digest[]): Promise<Collected> {
  const { objects, lists, clock, dryRun } = parts;
  const needed = new Needed(lists);
  for (const digest of digests) needed.add(digest);
  const collected: Collected = { objects: 0, bytes: 0 };
  for await (const { sha256, bytes, keptAt } of objects.all()) {
    if (needed.objects.has(sha256) || keptAt > clock - KEPT_JUST_NOW_MS) continue;
    collected.objects++;
    collected.bytes += bytes;
    if (!dryRun) objects.drop(sha256);
  }
  if (!dryRun) lists.keepOnly(new Set([...needed.lists, ...listsOf(parts.known)]));
  return collected;
}

/** What the workspace is now may be recorded in a moment. */
function listsOf({ tables }: Known): string[] {
  return [...tables.values()].flatMap(({ total, parts }) => [total, ...parts].map(({ sha256 }) => sha256));
}

class Needed {
  readonly objects = new Set<string>();
  readonly lists = new Set<string>();
  private readonly log: ListLog;

  constructor(log: ListLog) {
    this.log = log;
  }

  add(digest: Digest): void {
    if (digest.kind === 'folder') this.addList(digest.sha256);
    else if (digest.kind === 'file') this.objects.add(digest.sha256);
    else if (digest.to) this.add(digest.to);
  }

  private addList(sha256: string): void {
    if (this.lists.has(sha256)) return;
    this.lists.add(sha256);
    const list = this.log.find(sha256);
    if (list) this.addContent(list);
  }

  private addContent(list: List): void {
    if ('parts' in list) {
      for (const part of list.parts) this.addList(part.sha256);
      return;
    }
    for (const { kind, sha256 } of list.entries) {
      if (kind === 'folder') this.addList(sha256);
      else this.objects.add(sha256);
    }
  }
}
