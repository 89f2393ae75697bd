import { CrisolError } from '../base/errors.ts';
import { checkAlias, checkNewAlias } from './aliases.ts';
import type { Discards } from './discards.ts';
import { checkModelName, freeFolder } from './names.ts';
import type { KeyValue, ModelOverview, VersionRecord } from './records.ts';
import type { ModelRow, RegistryRepository } from './repository.ts';
import type { Shelf } from './shelf.ts';

/** Models themselves: their names, descriptions, tags, and the aliases of their versions. */
export class Catalog {
  private readonly shelf: Shelf;
  private readonly repository: RegistryRepository;
  private readonly discards: Discards;

  constructor(shelf: Shelf, discards: Discards) {
    this.shelf = shelf;
    this.repository = shelf.repository;
    this.discards = discards;
  }

  async create(name: string, description = '', tags: readonly KeyValue[] = []): Promise<ModelOverview> {
    checkModelName(name);
    await this.shelf.write(() => {
      if (this.repository.find(name)) throw taken(name);
      const modelNo = this.add(name, description);
      for (const tag of tags) this.repository.labels.tagModel(modelNo, tag);
    });
    this.shelf.announce(name);
    return this.shelf.overview(name);
  }

  /** Throws when there is none, with the name that was probably meant. */
  refuseUnknown(name: string): void {
    this.shelf.row(name);
  }

  /** Inside a write. */
  ensure(name: string): number {
    return this.repository.find(name)?.model_no ?? this.add(name, '');
  }

  /** Its files stay where they are. */
  async rename(name: string, newName: string): Promise<ModelOverview> {
    checkModelName(newName);
    await this.shelf.write(() => {
      const row = this.shelf.row(name);
      if (newName !== name && this.repository.find(newName)) throw taken(newName);
      this.repository.rename(row.model_no, newName, this.shelf.now());
    });
    if (newName !== name) this.shelf.removed.emit(name);
    this.shelf.announce(newName);
    return this.shelf.overview(newName);
  }

  async describe(name: string, description: string): Promise<ModelOverview> {
    await this.shelf.change(name, ({ model_no }) => {
      this.repository.describe(model_no, description, this.shelf.now());
    });
    return this.shelf.overview(name);
  }

  /** With all its versions and what is known of them; files that are served go when they no longer are. */
  async delete(name: string): Promise<void> {
    await this.shelf.write(() => {
      const row = this.shelf.row(name);
      const versions = this.repository.versions.of(row.model_no);
      for (const { version } of versions) this.discards.note(row, version);
      this.repository.delete(row.model_no);
    });
    this.shelf.removed.emit(name);
    await this.discards.sweep();
  }

  setTag(name: string, tag: KeyValue): Promise<void> {
    return this.label(name, ({ model_no }) => this.repository.labels.tagModel(model_no, tag));
  }

  /** One that it does not have is no mistake. */
  deleteTag(name: string, key: string): Promise<void> {
    return this.label(name, ({ model_no }) => this.repository.labels.untagModel(model_no, key));
  }

  /** Gives a version a name, which another version may have had. */
  setAlias(name: string, alias: string, version: number): Promise<void> {
    checkNewAlias(alias);
    return this.label(name, (row) => {
      this.shelf.version(row, version);
      this.repository.labels.alias(row.model_no, alias, version);
    });
  }

  /** One that it does not have is no mistake. */
  deleteAlias(name: string, alias: string): Promise<void> {
    checkAlias(alias);
    return this.label(name, ({ model_no }) => this.repository.labels.unalias(model_no, alias));
  }

  /** `latest` means the newest version. */
  byAlias(name: string, alias: string): VersionRecord | undefined {
    checkAlias(alias);
    const row = this.shelf.row(name);
    const { labels, versions } = this.repository;
    const isLatest = alias.toLowerCase() === 'latest';
    const meant = isLatest ? versions.newest(row.model_no) : labels.versionOf(row.model_no, alias);
    return meant === undefined ? undefined : this.shelf.version(row, meant);
  }

  private async label(name: string, action: (row: ModelRow) => void): Promise<void> {
    await this.shelf.change(name, action);
  }

  private add(name: string, description: string): number {
    const folder = freeFolder(name, (candidate) => this.repository.folderTaken(candidate));
    return this.repository.create(name, folder, description, this.shelf.now());
  }
}

function taken(name: string): CrisolError {
  return new CrisolError('RESOURCE_ALREADY_EXISTS', `There is a model ${JSON.stringify(name)} already.`);
}
