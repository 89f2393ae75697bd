import { hash } from 'node:crypto';
import type { Digest, FolderDigest } from '../../../schemas/pipelines/digest.ts';
import { identityOf } from '../../../schemas/pipelines/identity.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { KINDS } from '../tree/entry.ts';
import type { Known } from './known.ts';
import { pathIn } from './known.ts';

interface BehindParts {
  paths: Paths;
  /** of folders that were looked at just now */
  known: Known;
  digest(paths: readonly Raw[]): Promise<ReadonlyMap<Raw, Digest | null>>;
}

const LINK = KINDS.indexOf('link');
const FOLDER = KINDS.indexOf('folder');
/** A pipe, or what may not be read: it has no content for anybody. */
const UNUSABLE = 'unusable';

/**
 * What the links in a folder lead to, wherever that is: a change of it is none of the folder itself. What lies in the folder counts
 * already, and a link to a folder around it is a way, not data.
 */
export class Behind {
  private readonly parts: BehindParts;
  /** links may lead in circles */
  private readonly seen = new Set<Raw>();

  constructor(parts: BehindParts) {
    this.parts = parts;
  }

  async add(folder: Raw, digest: FolderDigest): Promise<FolderDigest> {
    const behind = await this.of(folder);
    return behind === undefined ? digest : { ...digest, behind };
  }

  private async of(folder: Raw): Promise<string | undefined> {
    const { paths, known } = this.parts;
    const home = paths.targetAnywhere(folder) ?? folder;
    this.seen.add(home);
    const links = [...linksIn(known, folder)].flatMap((path) => {
      const to = paths.targetAnywhere(path);
      return to === undefined || paths.areNested(to, home) ? [] : [{ path, to }];
    });
    if (links.length === 0) return undefined;
    const found = await this.contents([...new Set(links.map(({ to }) => to))]);
    const words: [Raw, string][] = [];
    for (const { path, to } of links)
      words.push([path.slice(folder.length), await this.word(to, found.get(to) ?? null)]);
    return hash('sha256', JSON.stringify(words));
  }

  private async word(path: Raw, found: Digest | null | typeof UNUSABLE): Promise<string> {
    if (found === UNUSABLE) return found;
    const isNew = found?.kind === 'folder' && !this.seen.has(path);
    return identityOf(isNew ? await this.add(path, found) : found);
  }

  private async contents(paths: readonly Raw[]): Promise<ReadonlyMap<Raw, Digest | null | typeof UNUSABLE>> {
    try {
      return await this.parts.digest(paths);
    } catch (failure) {
      if (!(failure instanceof CrisolError) || failure.code !== 'FILE_UNUSABLE') throw failure;
      const [only] = paths;
      if (only !== undefined && paths.length === 1) return new Map([[only, UNUSABLE]]);
    }
    const found = new Map<Raw, Digest | null | typeof UNUSABLE>();
    for (const path of paths) for (const [one, digest] of await this.contents([path])) found.set(one, digest);
    return found;
  }
}

/** In the order of their names. */
function* linksIn(known: Known, folder: Raw): Generator<Raw> {
  const table = known.tables.get(folder);
  if (!table) return;
  for (let place = 0; place < table.kinds.length; place++) {
    const kind = table.kinds[place];
    if (kind === LINK) yield pathIn(folder, table.names[place] ?? '');
    else if (kind === FOLDER) yield* linksIn(known, pathIn(folder, table.names[place] ?? ''));
  }
}
