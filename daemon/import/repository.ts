import type { Db } from '../store/index.ts';

/** What was brought from another store, and whether all of it is here. */
export class ImportRepository {
  private readonly isComplete;
  private readonly setComplete;

  constructor(db: Db) {
    this.isComplete = db.prepare<[string], number>('SELECT complete FROM imports WHERE id = ?').pluck();
    this.setComplete = db.prepare<[string, number]>('INSERT OR REPLACE INTO imports VALUES (?, ?)');
  }

  /** Undefined when it was never brought. */
  complete(id: string): boolean | undefined {
    const found = this.isComplete.get(id);
    return found === undefined ? undefined : found === 1;
  }

  mark(id: string, complete: boolean): void {
    this.setComplete.run(id, complete ? 1 : 0);
  }
}
