import type { PromoteRequest, Promotion, PromotionCheck, Stage } from '../../schemas/wire/registry.ts';
import { CrisolError } from '../base/errors.ts';
import { promotionChecks, refuseFailed } from './checks.ts';
import type { ModelFiles } from './files.ts';
import type { Move, PromotionPlan } from './promotion.ts';
import { planPromotion, REFERRED } from './promotion.ts';
import type { VersionRecord } from './records.ts';
import type { ModelRow } from './repository.ts';
import type { Shelf } from './shelf.ts';

export interface Way {
  to: Stage;
  reason: string;
  /** what stands in that stage is archived */
  replaces: boolean;
}

/** Which version stands in which stage, and who moved it there. */
export class Stages {
  private readonly shelf: Shelf;
  private readonly files: ModelFiles;

  constructor(shelf: Shelf, files: ModelFiles) {
    this.shelf = shelf;
    this.files = files;
  }

  async promote(name: string, version: number, { to, reason, dry_run = false }: PromoteRequest): Promise<Promotion> {
    const before = this.checkedMove(this.shelf.row(name), version, to);
    if (!dry_run && reason.trim() === '') {
      throw new CrisolError('MODEL_REASON_MISSING', `Moving ${name} v${version} to ${to} needs a reason.`);
    }
    const checks = await this.checksOf(name, before, to);
    const done = dry_run
      ? this.plan(this.shelf.row(name), { version, from: before.stage, to })
      : await this.carryOut(name, version, checks, (row) => {
          // anew, since another promotion may have come first
          this.checkedMove(row, version, to);
          return this.apply(row, version, { to, reason: reason.trim(), replaces: true });
        });
    const from = done.moves.at(-1)?.from ?? before.stage;
    return { name, version, from, stage: dry_run ? from : to, dry_run, checks, effects: done.effects };
  }

  /** Moves a version beside those that stand there, unless these are to be replaced. Where it stands already it stays. */
  async move(name: string, version: number, way: Way): Promise<VersionRecord> {
    const found = this.shelf.version(this.shelf.row(name), version);
    const checks = await this.checksOf(name, found, way.to);
    await this.carryOut(name, version, checks, (row) => this.apply(row, version, way));
    return this.shelf.version(this.shelf.row(name), version);
  }

  /** Inside the write that makes a version. */
  place(name: string, version: number, to: Stage, reason: string): void {
    this.apply(this.shelf.row(name), version, { to, reason, replaces: true });
  }

  /** The names of a version's files that are gone or changed; of files that are kept elsewhere we know nothing. */
  damaged({ model_no, folder }: ModelRow, { version, location }: VersionRecord): Promise<string[]> {
    if (location !== null) return Promise.resolve([]);
    const sums = this.shelf.repository.versions.files(model_no, version);
    return this.files.damaged(this.files.folder(folder, version), sums);
  }

  private async carryOut(
    name: string,
    version: number,
    checks: PromotionCheck[],
    action: (row: ModelRow) => PromotionPlan,
  ): Promise<PromotionPlan> {
    refuseFailed(checks, `${name} v${version}`);
    return this.shelf.change(name, action);
  }

  /** Inside a write. */
  private apply(row: ModelRow, version: number, { to, reason, replaces }: Way): PromotionPlan {
    const { repository, user } = this.shelf;
    const { stage: from } = this.shelf.version(row, version);
    const plan = this.plan(row, { version, from, to }, replaces);
    const at = this.shelf.now();
    for (const move of plan.moves) {
      const why = move.version === version ? reason : `v${version} took its place: ${reason}`;
      repository.versions.move(row.model_no, { ...move, reason: why, by: user, at });
    }
    if (plan.moves.length > 0) repository.touch(row.model_no, at);
    return plan;
  }

  private plan({ name, model_no }: ModelRow, move: Move, replaces = true): PromotionPlan {
    const versions = REFERRED.flatMap((stage) => this.shelf.repository.inStage(model_no, stage));
    return planPromotion({ name, versions }, move, replaces);
  }

  private checkedMove(row: ModelRow, version: number, to: Stage): VersionRecord {
    const found = this.shelf.version(row, version);
    if (found.stage !== to) return found;
    throw new CrisolError('MODEL_STAGE_UNCHANGED', `${row.name} v${version} is in ${to} already.`);
  }

  private checksOf(name: string, version: VersionRecord, to: Stage): Promise<PromotionCheck[]> {
    return promotionChecks(to, version, () => this.damaged(this.shelf.row(name), version));
  }
}
