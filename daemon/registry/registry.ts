import type { ReferenceColumns } from '../../schemas/model.ts';
import { parseModelRef } from '../../schemas/model-ref.ts';
import type { PromoteRequest, Promotion, RegisterRequest, Stage, StageChange } from '../../schemas/wire/registry.ts';
import type { Disposable } from '../base/disposables.ts';
import { CrisolError } from '../base/errors.ts';
import type { ModelAdoption } from './adoption/adoption.ts';
import type { Catalog } from './catalog.ts';
import type { ModelFiles } from './files.ts';
import type { ModelOverview, ModelRecord, VersionOrigin, VersionRecord } from './records.ts';
import { chooseVersion } from './refs.ts';
import type { Registrar } from './register.ts';
import type { RegistrySearch } from './search/search.ts';
import type { Shelf } from './shelf.ts';
import type { Stages } from './stages.ts';
import type { VersionRange } from './versions/repository.ts';
import type { Versions } from './versions.ts';

export interface RegistryParts {
  shelf: Shelf;
  files: ModelFiles;
  catalog: Catalog;
  stages: Stages;
  registrar: Registrar;
  versions: Versions;
  search: RegistrySearch;
  adoption: ModelAdoption;
}

export interface ModelLocation {
  model: string;
  version: number;
  /** absolute; holds the files of schemas/model.ts */
  folder: string;
}

/** Models, their versions, and which of them stand in which stage. Each change is on the disk before it is answered. */
export class Registry {
  /** the name of a model that is new or changed, once that is committed */
  readonly changes: { on(listener: (name: string) => void): Disposable };
  /** a name that no model has any more */
  readonly removed: { on(listener: (name: string) => void): Disposable };
  readonly catalog: Catalog;
  readonly versions: Versions;
  readonly search: RegistrySearch;
  /** models of another registry */
  readonly adoption: ModelAdoption;
  private readonly parts: RegistryParts;

  constructor(parts: RegistryParts) {
    this.parts = parts;
    this.changes = parts.shelf.changes;
    this.removed = parts.shelf.removed;
    this.catalog = parts.catalog;
    this.versions = parts.versions;
    this.search = parts.search;
    this.adoption = parts.adoption;
  }

  /** All models by name, a few at a time: there may be thousands of versions, and others want to be answered in between. */
  pieces(): Iterable<ModelRecord[]> {
    return this.parts.search.all();
  }

  /** The same with only so many versions of each stage, the newest. */
  overviews(newest: number): Iterable<ModelOverview[]> {
    return this.parts.search.overviews(newest);
  }

  /** of all versions */
  origins(): VersionOrigin[] {
    return this.parts.shelf.repository.versions.origins();
  }

  /** Throws when there is none, with the name that was probably meant. */
  model(name: string): ModelRecord {
    return this.parts.shelf.model(name);
  }

  overview(name: string, newest = 1): ModelOverview {
    return this.parts.shelf.overview(name, newest);
  }

  /** Newest first. */
  inStage(name: string, stage: Stage, range: VersionRange): VersionRecord[] {
    const { shelf } = this.parts;
    return shelf.repository.inStage(shelf.row(name).model_no, stage, range);
  }

  /** newest first */
  history(name: string): StageChange[] {
    const { repository } = this.parts.shelf;
    return repository.versions.history.of(this.parts.shelf.row(name).model_no);
  }

  register(name: string, request: RegisterRequest): Promise<VersionRecord> {
    return this.parts.registrar.register(name, request);
  }

  promote(name: string, version: number, request: PromoteRequest): Promise<Promotion> {
    return this.parts.stages.promote(name, version, request);
  }

  /**
   * What `name`, `name@stage`, `name@alias` or `name/version` means now, for serving; null when there is none. Throws when its
   * files are none that we can serve.
   */
  resolve(ref: string): ModelLocation | null {
    const { repository } = this.parts.shelf;
    // a name with an @ in it may look like a stage of another model
    const whole = repository.find(ref);
    const { name, which } = whole ? { name: ref, which: 'best' as const } : parseModelRef(ref);
    const row = whole ?? repository.find(name);
    const number = row && chooseVersion(repository.overview(row, 1), which);
    const chosen = row && number !== undefined ? repository.version(row.model_no, number) : undefined;
    if (!row || !chosen) return null;
    if (chosen.location !== null) throw notServable(name, chosen);
    return { model: name, version: chosen.version, folder: this.parts.files.folder(row.folder, chosen.version) };
  }

  /** Throws when the files of a version are not those that were registered. */
  verify(name: string, version: number): Promise<void> {
    return this.parts.versions.verify(name, version);
  }

  /** The sample that drift of a version is measured against, if it was registered with one. */
  async reference(name: string, version: number): Promise<ReferenceColumns | null> {
    const { files, shelf } = this.parts;
    return files.reference(files.folder(shelf.row(name).folder, version));
  }
}

function notServable(name: string, { version, location }: VersionRecord): CrisolError {
  return new CrisolError(
    'MODEL_NOT_SERVABLE',
    `${name} v${version} was registered by a script and its files are its own (${location}): endpoints cannot serve it yet.`,
  );
}
