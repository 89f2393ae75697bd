import type { MetricNumber } from '../../schemas/wire/common.ts';
import type { RegisterRequest } from '../../schemas/wire/registry.ts';
import { CrisolError } from '../base/errors.ts';
import type { Tracking } from '../tracking/index.ts';
import type { Catalog } from './catalog.ts';
import type { ModelFiles, StagedModel } from './files.ts';
import { checkModelName } from './names.ts';
import type { KeyValue, VersionRecord } from './records.ts';
import type { ModelRow } from './repository.ts';
import type { Shelf } from './shelf.ts';
import type { Stages } from './stages.ts';
import type { FileSums } from './versions/repository.ts';

export interface RegistrarParts {
  shelf: Shelf;
  catalog: Catalog;
  stages: Stages;
  files: ModelFiles;
  runs: Pick<Tracking['runs'], 'find'>;
}

/** What is known of a version that is new. */
export interface Registration {
  run_id: string | null;
  metrics: Record<string, MetricNumber>;
  description?: string;
  /** what it is made from, in words of whoever registers it */
  source?: string;
  /** left out for files that are our own copy */
  location?: string;
  model_id?: string | null;
  run_link?: string;
  tags?: readonly KeyValue[];
}

/** Gives models their versions. */
export class Registrar {
  private readonly parts: RegistrarParts;

  constructor(parts: RegistrarParts) {
    this.parts = parts;
  }

  /** Copies a folder of the workspace; a model that is not there is made. */
  async register(name: string, request: RegisterRequest): Promise<VersionRecord> {
    checkModelName(name);
    const { folder, run_id = null, description, stage = 'development' } = request;
    const metrics = request.metrics ?? this.metricsOf(run_id);
    const version = await this.keep(folder, name, (files) => {
      this.parts.catalog.ensure(name);
      const made = this.add(this.parts.shelf.row(name), { run_id, metrics, description }, files);
      if (stage !== 'development') this.parts.stages.place(name, made, stage, 'Registered for this stage');
      return made;
    });
    return this.told(name, version);
  }

  /** A version whose files are kept elsewhere; its model is there already. */
  async addElsewhere(name: string, registration: Omit<Registration, 'metrics'>): Promise<VersionRecord> {
    const metrics = this.metricsIfKnown(registration.run_id);
    const add = () => this.add(this.parts.shelf.row(name), { ...registration, metrics }, {});
    return this.told(name, await this.parts.shelf.write(add));
  }

  /** Copies a version of which we have the files, as a version of another model that is there already. */
  async copy(from: { name: string; version: number }, to: string, more: Partial<Registration>): Promise<VersionRecord> {
    const { shelf, files } = this.parts;
    const source = shelf.row(from.name);
    const { metrics, run_id } = shelf.version(source, from.version);
    const folder = files.folder(source.folder, from.version);
    const version = await this.keep(folder, to, (sums) => this.add(shelf.row(to), { metrics, run_id, ...more }, sums));
    return this.told(to, version);
  }

  /** Files are in place before their version is known. */
  private async keep(folder: string, name: string, add: (sums: FileSums) => number): Promise<number> {
    const { files, shelf } = this.parts;
    const staged = await files.stage(folder);
    try {
      return await shelf.write(() => {
        const version = add(staged.files);
        this.publish(staged, name, version);
        return version;
      });
    } catch (failure) {
      await files.discard(staged);
      throw failure;
    }
  }

  private publish(staged: StagedModel, name: string, version: number): void {
    this.parts.files.publish(staged, this.parts.shelf.row(name).folder, version);
  }

  /** Inside a write. */
  private add({ model_no }: ModelRow, registration: Registration, files: FileSums): number {
    const { shelf } = this.parts;
    const { run_id, metrics, description = '', source = null, location = null, model_id = null } = registration;
    const at = shelf.now();
    const version = shelf.repository.nextVersion(model_no, at);
    shelf.repository.versions.add(model_no, {
      version,
      created_at: at,
      created_by: shelf.user,
      description,
      run_id,
      metrics,
      source,
      location,
      model_id,
      run_link: registration.run_link ?? '',
      files,
    });
    for (const tag of registration.tags ?? []) shelf.repository.labels.tagVersion(model_no, version, tag);
    return version;
  }

  private told(name: string, version: number): VersionRecord {
    const { shelf } = this.parts;
    shelf.announce(name);
    return shelf.version(shelf.row(name), version);
  }

  private metricsOf(runId: string | null): Record<string, MetricNumber> {
    if (runId === null || this.parts.runs.find(runId)) return this.metricsIfKnown(runId);
    throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `Run with id=${runId} not found`);
  }

  /** A script may name a run of another server. */
  private metricsIfKnown(runId: string | null): Record<string, MetricNumber> {
    const run = runId === null ? undefined : this.parts.runs.find(runId);
    return Object.fromEntries((run?.metrics ?? []).map(({ key, value }) => [key, value]));
  }
}
