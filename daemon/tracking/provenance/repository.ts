import type { Db } from '../../store/index.ts';
import type { KeptText } from './kept-text.ts';

export type SourceKind = 'git' | 'program' | 'machine';

/** As it is stored: the same for many runs, so it is written down once. */
export interface NewSource {
  kind: SourceKind;
  /** JSON */
  facts: string;
  text: KeptText | undefined;
}

export interface SourceRow {
  kind: SourceKind;
  facts: string;
  packed: Buffer | null;
}

export class SourceRepository {
  private readonly runNo;
  private readonly addText;
  private readonly textNo;
  private readonly add;
  private readonly kinds;
  private readonly all;

  constructor(db: Db) {
    this.runNo = db.prepare<[string], number>('SELECT run_no FROM runs WHERE run_id = ?').pluck();
    this.addText = db.prepare<[Buffer, Buffer]>('INSERT OR IGNORE INTO source_texts (sha256, packed) VALUES (?, ?)');
    this.textNo = db.prepare<[Buffer], number>('SELECT text_no FROM source_texts WHERE sha256 = ?').pluck();
    this.add = db.prepare<[number, SourceKind, string, number | null]>(
      'INSERT OR IGNORE INTO run_sources (run_no, kind, facts, text_no) VALUES (?, ?, ?, ?)',
    );
    this.kinds = db
      .prepare<[string], SourceKind>('SELECT kind FROM run_sources JOIN runs USING (run_no) WHERE run_id = ?')
      .pluck();
    this.all = db.prepare<[string], SourceRow>(
      `SELECT kind, facts, packed FROM run_sources JOIN runs USING (run_no) LEFT JOIN source_texts USING (text_no)
       WHERE run_id = ? ORDER BY source_no`,
    );
  }

  /** Nothing for a run that is gone meanwhile; saying the same again changes nothing. */
  insert(runId: string, sources: readonly NewSource[]): void {
    const runNo = this.runNo.get(runId);
    if (runNo === undefined) return;
    for (const { kind, facts, text } of sources) this.add.run(runNo, kind, facts, text ? this.keep(text) : null);
  }

  kindsOf(runId: string): SourceKind[] {
    return this.kinds.all(runId);
  }

  ofRun(runId: string): SourceRow[] {
    return this.all.all(runId);
  }

  private keep({ sha256, packed }: KeptText): number | null {
    this.addText.run(sha256, packed);
    return this.textNo.get(sha256) ?? null;
  }
}
