import type { StageChange } from '../../../schemas/wire/registry.ts';
import type { Db } from '../../store/index.ts';

/** What moved versions from stage to stage. */
export class HistoryRepository {
  private readonly insertChange;
  private readonly changesOf;

  constructor(db: Db) {
    this.insertChange = db.prepare(
      `INSERT INTO stage_changes (model_no, version, from_stage, to_stage, reason, changed_by, changed_at)
       VALUES (@model_no, @version, @from, @to, @reason, @by, @at)`,
    );
    this.changesOf = db.prepare<[number], StageChange>(
      `SELECT version, from_stage AS "from", to_stage AS "to", reason, changed_by AS "by", changed_at AS "at"
       FROM stage_changes WHERE model_no = ? ORDER BY change_no DESC`,
    );
  }

  /** newest first */
  of(modelNo: number): StageChange[] {
    return this.changesOf.all(modelNo);
  }

  add(modelNo: number, change: StageChange): void {
    this.insertChange.run({ model_no: modelNo, ...change });
  }
}
