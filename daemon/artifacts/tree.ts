import { CrisolError } from '../base/errors.ts';
import type { Place } from './paths.ts';
import { foldersAbove, pathOf } from './paths.ts';
import type { ArtifactRepository, ArtifactRow, FileRow } from './repository.ts';

/** The tree of names. A folder is there as long as something is in it. What changes it belongs inside a write. */
export class Tree {
  private readonly repository: ArtifactRepository;

  constructor(repository: ArtifactRepository) {
    this.repository = repository;
  }

  find({ folder, name }: Place): ArtifactRow | undefined {
    return this.repository.find(folder, name);
  }

  list(folder: string): ArtifactRow[] {
    return this.repository.list(folder);
  }

  /** A file itself, or all files in a folder, however deep. */
  filesAt(place: Place): FileRow[] {
    const row = this.find(place);
    return row && isFile(row) ? [row] : this.repository.below(pathOf(place));
  }

  /** More names than so many have this content. */
  isNamed(sha256: string, beyond = 0): boolean {
    return this.repository.countOf(sha256) > beyond;
  }

  /** Answers the content that was there before. */
  save(place: Place, file: FileRow): string | undefined {
    this.refuseClash(place);
    const before = this.find(place);
    for (const above of foldersAbove(place)) {
      if (this.find(above)) continue;
      this.repository.save(above.folder, { ...file, name: above.name, sha256: null, bytes: 0 });
    }
    this.repository.save(place.folder, file);
    return before?.sha256 ?? undefined;
  }

  /** Answers the contents that were named. */
  remove(place: Place): string[] {
    const files = this.filesAt(place);
    this.repository.deleteBelow(pathOf(place));
    this.repository.delete(place.folder, place.name);
    for (const above of foldersAbove(place).reverse()) {
      if (!this.repository.isEmpty(pathOf(above))) break;
      this.repository.delete(above.folder, above.name);
    }
    return files.map(({ sha256 }) => sha256);
  }

  /** A path cannot be both a file and a folder. */
  refuseClash(place: Place): void {
    const fileAbove = foldersAbove(place).find((above) => this.find(above)?.sha256);
    if (fileAbove) throw clash(fileAbove, 'is a file, not a folder');
    if (!this.repository.isEmpty(pathOf(place))) throw clash(place, 'is a folder, not a file');
  }
}

function clash(place: Place, what: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', `'${pathOf(place)}' ${what}`);
}

function isFile(row: ArtifactRow): row is FileRow {
  return row.sha256 !== null;
}
