import { SHA_BYTES } from '../jobs/job.ts';
import { FIELDS, sizeAt, typeAt } from '../jobs/stat.ts';
import type { Raw } from '../raw.ts';
import type { Contents } from './contents.ts';
import { allOf, unreadOf } from './contents.ts';
import type { Known } from './known.ts';
import { pathIn } from './known.ts';
import type { ReaderParts } from './reader.ts';
import { readContents } from './reader.ts';
import { hexOf, isSettled, shaAt, statAt } from './table.ts';

/** A file or link that was named itself, and how it was looked at. */
export interface NamedFile {
  path: Raw;
  stat: BigInt64Array;
}

export interface FileContent {
  sha256: string;
  bytes: number;
  executable: boolean;
}

/** What files and links are that were named one by one; of a link its text. */
export async function lookAtFiles(
  parts: ReaderParts & { found: (files: number) => void; toRead: (bytes: number) => void },
  files: readonly NamedFile[],
): Promise<Map<Raw, FileContent>> {
  const groups = [...Map.groupBy(files, ({ path }) => splitPath(path).folder)];
  const all = groups.map(([folder, its]) => contentsOf(parts.known, folder, its));
  const places = parts.into === undefined ? unreadOf : allOf;
  const bytes = all.flatMap((one) => places(one).map((place) => sizeAt(one.folder.stats, place)));
  if (files.length > 0) parts.found(files.length);
  parts.toRead(bytes.reduce((sum, one) => sum + one, 0));
  await readContents(parts, all, places);
  remember(parts, all);
  return new Map(all.flatMap(contentsByPath));
}

function contentsOf(known: Known, path: Raw, files: readonly NamedFile[]): Contents {
  const names = files.map((file) => splitPath(file.path).name);
  const stats = new BigInt64Array(files.length * FIELDS);
  const contents: Contents = {
    folder: { path, names, stats },
    shas: new Uint8Array(files.length * SHA_BYTES),
    settled: new Uint8Array(files.length),
    unread: [],
  };
  for (const [place, { stat }] of files.entries()) {
    stats.set(stat, place * FIELDS);
    const sha = known.find(path, names[place] ?? '', stat, 0);
    if (sha) contents.shas.set(sha, place * SHA_BYTES);
    else contents.unread.push(place);
  }
  return contents;
}

function remember({ known, now }: ReaderParts, all: readonly Contents[]): void {
  const at = now();
  for (const { folder, shas, unread } of all) {
    for (const place of unread) {
      known.setSingle(pathIn(folder.path, folder.names[place] ?? ''), {
        stat: statAt(folder.stats, place),
        sha: shaAt({ shas }, place).slice(),
        settled: isSettled(folder.stats, place, at),
        lookedAt: at,
      });
    }
  }
}

function contentsByPath({ folder: { path, names, stats }, shas }: Contents): [Raw, FileContent][] {
  return names.map((name, place) => {
    const executable = typeAt(stats, place) === 'executable';
    return [pathIn(path, name), { sha256: hexOf(shaAt({ shas }, place)), bytes: sizeAt(stats, place), executable }];
  });
}

export function splitPath(path: Raw): { folder: Raw; name: Raw } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) };
}
