import { CrisolError } from '../base/errors.ts';
import type { Discards } from './discards.ts';
import type { Publishing } from './publishing.ts';
import type { FoundVersion, KeyValue, VersionRecord } from './records.ts';
import type { Registrar, Registration } from './register.ts';
import type { Shelf } from './shelf.ts';
import type { Stages, Way } from './stages.ts';

export interface VersionsParts {
  shelf: Shelf;
  stages: Stages;
  registrar: Registrar;
  publishing: Publishing;
  discards: Discards;
}

/** Versions one by one, as scripts know them: whoever keeps their files. */
export class Versions {
  private readonly parts: VersionsParts;

  constructor(parts: VersionsParts) {
    this.parts = parts;
  }

  get(name: string, version: number): VersionRecord {
    return this.parts.shelf.version(this.parts.shelf.row(name), version);
  }

  /** With the names that it has. */
  described(name: string, version: number): FoundVersion {
    const { shelf } = this.parts;
    const row = shelf.row(name);
    const aliases = shelf.repository.labels.aliasesOfVersion(row.model_no, version);
    return { ...shelf.version(row, version), name, aliases };
  }

  /** Its files stay where they are; its model is there already. */
  add(name: string, registration: Omit<Registration, 'metrics'>): Promise<VersionRecord> {
    return this.parts.registrar.addElsewhere(name, registration);
  }

  /** Of a version whose files are our own copy. */
  async copy(from: { name: string; version: number }, to: string, more: Partial<Registration>): Promise<VersionRecord> {
    await this.verify(from.name, from.version);
    return this.parts.registrar.copy(from, to, more);
  }

  async describe(name: string, version: number, description: string): Promise<VersionRecord> {
    const { shelf } = this.parts;
    await shelf.change(name, (row) => {
      shelf.version(row, version);
      shelf.repository.versions.describe(row.model_no, version, description, shelf.now());
    });
    return this.get(name, version);
  }

  /** With its aliases and tags. Its number is not given again; files that are served go when they no longer are. */
  async delete(name: string, version: number): Promise<void> {
    const { shelf, discards } = this.parts;
    await shelf.change(name, (row) => {
      shelf.version(row, version);
      discards.note(row, version);
      shelf.repository.versions.delete(row.model_no, version);
      shelf.repository.touch(row.model_no, shelf.now());
    });
    await discards.sweep();
  }

  setTag(name: string, version: number, tag: KeyValue): Promise<void> {
    const { shelf } = this.parts;
    return shelf.change(name, (row) => {
      shelf.version(row, version);
      shelf.repository.labels.tagVersion(row.model_no, version, tag);
    });
  }

  /** One that it does not have is no mistake. */
  deleteTag(name: string, version: number, key: string): Promise<void> {
    const { shelf } = this.parts;
    return shelf.change(name, (row) => {
      shelf.version(row, version);
      shelf.repository.labels.untagVersion(row.model_no, version, key);
    });
  }

  /** Into a stage where others may stand; where it stands already it stays. */
  move(name: string, version: number, way: Way): Promise<VersionRecord> {
    return this.parts.stages.move(name, version, way);
  }

  /** Where our own copy lies among the artifacts, in a form that MLflow's client loads. */
  async publish(name: string, version: number): Promise<string> {
    await this.verify(name, version);
    const row = this.parts.shelf.row(name);
    return this.parts.publishing.publish(row, this.get(name, version));
  }

  /** Throws when our copy of the files is not what was registered. */
  async verify(name: string, version: number): Promise<void> {
    const row = this.parts.shelf.row(name);
    const damaged = await this.parts.stages.damaged(row, this.get(name, version));
    if (damaged.length === 0) return;
    throw new CrisolError(
      'MODEL_FILES_CHANGED',
      `Files of ${name} v${version} are not those that were registered: ${damaged.join(', ')}.`,
    );
  }
}
