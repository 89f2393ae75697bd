import { closest } from '../../schemas/language/suggest.ts';
import type { ReferenceColumns } from '../../schemas/model.ts';
import { parseModelRef } from '../../schemas/model-ref.ts';
import type { MetricNumber } from '../../schemas/wire/common.ts';
import type {
  Model,
  ModelVersion,
  PromoteRequest,
  Promotion,
  PromotionCheck,
  RegisterRequest,
  Stage,
  StageChange,
} from '../../schemas/wire/registry.ts';
import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { Store } from '../store/index.ts';
import type { Tracking } from '../tracking/index.ts';
import { promotionChecks, refuseFailed } from './checks.ts';
import type { ModelFiles, StagedModel } from './files.ts';
import { checkModelName, folderOf } from './names.ts';
import { planPromotion } from './promotion.ts';
import { chooseVersion } from './refs.ts';
import type { ModelRow, RegistryRepository } from './repository.ts';

export interface RegistryParts {
  store: Store;
  repository: RegistryRepository;
  files: ModelFiles;
  runs: Pick<Tracking['runs'], 'find'>;
  clock: Clock;
  /** who is noted as the author of what is done here */
  user: string;
}

export interface ModelLocation {
  model: string;
  version: number;
  /** absolute; holds the files of schemas/model.ts */
  folder: string;
}

/** Models, their versions, and which of them stands in which stage. Each change is on the disk before it is answered. */
export class Registry {
  /** the whole model, once its change is committed */
  readonly changes = new Emitter<Model>();
  private readonly parts: RegistryParts;

  constructor(parts: RegistryParts) {
    this.parts = parts;
  }

  /** by name */
  models(): Model[] {
    return this.parts.repository.models();
  }

  /** Throws when there is none, with the name that was probably meant. */
  model(name: string): Model {
    return this.parts.repository.complete(this.row(name));
  }

  /** newest first */
  history(name: string): StageChange[] {
    return this.parts.repository.changes(this.row(name).model_no);
  }

  async register(name: string, request: RegisterRequest): Promise<ModelVersion> {
    checkModelName(name);
    const metrics = request.metrics ?? this.metricsOfRun(request.run_id);
    const staged = await this.parts.files.stage(request.folder);
    try {
      const version = await this.write(() => this.addVersion(name, request, metrics, staged));
      this.announce(name);
      return this.version(this.row(name), version);
    } catch (failure) {
      await this.parts.files.discard(staged);
      throw failure;
    }
  }

  async promote(name: string, version: number, { to, reason, dry_run = false }: PromoteRequest): Promise<Promotion> {
    const before = this.checkedMove(name, version, to);
    if (!dry_run && reason.trim() === '') {
      throw new CrisolError('MODEL_REASON_MISSING', `Moving ${name} v${version} to ${to} needs a reason.`);
    }
    const checks = await this.checksOf(this.row(name), before, to);
    const planned = dry_run ? planPromotion(this.model(name), { version, from: before.stage, to }) : undefined;
    const done = planned ?? (await this.carryOut(name, version, to, reason.trim(), checks));
    const from = done.moves.at(-1)?.from ?? before.stage;
    return { name, version, from, stage: dry_run ? from : to, dry_run, checks, effects: done.effects };
  }

  /** What `name`, `name@stage` or `name/version` means now; null when there is none. */
  resolve(ref: string): ModelLocation | null {
    const { repository, files } = this.parts;
    // a name with an @ in it may look like a stage of another model
    const whole = repository.find(ref);
    const { name, which } = whole ? { name: ref, which: 'best' as const } : parseModelRef(ref);
    const row = whole ?? repository.find(name);
    const chosen = row && chooseVersion(repository.complete(row), which);
    if (!row || !chosen) return null;
    return { model: name, version: chosen.version, folder: files.folder(row.folder, chosen.version) };
  }

  /** Throws when the files of a version are not those that were registered. */
  async verify(name: string, version: number): Promise<void> {
    const damaged = await this.damaged(this.row(name), version);
    if (damaged.length === 0) return;
    throw new CrisolError(
      'MODEL_FILES_CHANGED',
      `Files of ${name} v${version} are not those that were registered: ${damaged.join(', ')}.`,
    );
  }

  /** The sample that drift of a version is measured against, if it was registered with one. */
  async reference(name: string, version: number): Promise<ReferenceColumns | null> {
    return this.parts.files.reference(this.parts.files.folder(this.row(name).folder, version));
  }

  private addVersion(
    name: string,
    { run_id, description = '', stage = 'development' }: RegisterRequest,
    metrics: Record<string, MetricNumber>,
    staged: StagedModel,
  ): number {
    const { repository, files, clock, user } = this.parts;
    const at = clock.now();
    const folder = folderOf(name);
    const modelNo = repository.find(name)?.model_no ?? repository.create(name, folder, at);
    const version = repository.nextVersion(modelNo, at);
    files.publish(staged, folder, version);
    repository.addVersion(modelNo, {
      version,
      created_at: at,
      created_by: user,
      description,
      run_id: run_id ?? null,
      metrics,
      files: staged.files,
    });
    if (stage !== 'development') this.move(name, version, stage, 'Registered for this stage');
    return version;
  }

  private async carryOut(name: string, version: number, to: Stage, reason: string, checks: PromotionCheck[]) {
    refuseFailed(checks, `${name} v${version}`);
    const plan = await this.write(() => this.move(name, version, to, reason));
    this.announce(name);
    return plan;
  }

  /** Inside a write: looks anew, since another promotion may have come first. */
  private move(name: string, version: number, to: Stage, reason: string) {
    const { stage: from } = this.checkedMove(name, version, to);
    const row = this.row(name);
    const plan = planPromotion(this.parts.repository.complete(row), { version, from, to });
    const at = this.parts.clock.now();
    for (const move of plan.moves) {
      const why = move.version === version ? reason : `v${version} took its place: ${reason}`;
      this.parts.repository.move(row.model_no, { ...move, reason: why, by: this.parts.user, at });
    }
    return plan;
  }

  private checkedMove(name: string, version: number, to: Stage): ModelVersion {
    const found = this.version(this.row(name), version);
    if (found.stage !== to) return found;
    throw new CrisolError('MODEL_STAGE_UNCHANGED', `${name} v${version} is in ${to} already.`);
  }

  private checksOf(row: ModelRow, version: ModelVersion, to: Stage): Promise<PromotionCheck[]> {
    return promotionChecks(to, version, () => this.damaged(row, version.version));
  }

  private damaged({ model_no, folder }: ModelRow, version: number): Promise<string[]> {
    const { files, repository } = this.parts;
    return files.damaged(files.folder(folder, version), repository.files(model_no, version));
  }

  private metricsOfRun(runId: string | undefined): Record<string, MetricNumber> {
    if (runId === undefined) return {};
    const run = this.parts.runs.find(runId);
    if (!run) throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `Run with id=${runId} not found`);
    return Object.fromEntries(run.metrics.map(({ key, value }) => [key, value]));
  }

  private write<T>(action: () => T): Promise<T> {
    return this.parts.store.write(action, { durable: true });
  }

  private announce(name: string): void {
    this.changes.emit(this.model(name));
  }

  private row(name: string): ModelRow {
    const { repository } = this.parts;
    const row = repository.find(name);
    if (row) return row;
    const meant = closest(name, repository.names());
    const advice = meant === null ? '' : ` Did you mean ${JSON.stringify(meant)}?`;
    throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no model ${JSON.stringify(name)}.${advice}`);
  }

  private version(row: ModelRow, version: number): ModelVersion {
    const found = this.parts.repository.version(row.model_no, version);
    if (found) return found;
    throw new CrisolError(
      'RESOURCE_DOES_NOT_EXIST',
      `${row.name} has no version ${version}; its newest is ${row.newest_version}.`,
    );
  }
}
