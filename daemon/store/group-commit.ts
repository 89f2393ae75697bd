import type { Database } from 'better-sqlite3';

interface Waiting {
  run: () => unknown;
  durable: boolean;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

type Outcome = { ok: true; value: unknown } | { ok: false; reason: unknown };

/**
 * Writes that arrive in one turn of the event loop share one transaction, and each is acknowledged after its commit: one
 * sync to the disk then serves them all. A write that throws takes back only what it did itself.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private synchronous: 'FULL' | 'NORMAL' | undefined;
  private readonly db: Database;
  private readonly begin;
  private readonly commit;
  private readonly savepoint;
  private readonly release;
  private readonly rollbackTo;

  constructor(db: Database) {
    this.db = db;
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.savepoint = db.prepare('SAVEPOINT one_write');
    this.release = db.prepare('RELEASE one_write');
    this.rollbackTo = db.prepare('ROLLBACK TO one_write');
  }

  /** `durable` writes reach the disk before they are acknowledged (synchronous=FULL); the others survive our death, not a power cut. */
  add<T>(run: () => T, durable: boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ run, durable, resolve: resolve as (value: unknown) => void, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    this.scheduled = false;
    const group = this.waiting;
    this.waiting = [];
    if (group.length === 0) return;
    const outcomes = this.runGroup(group);
    group.forEach((write, index) => {
      const outcome = outcomes[index];
      if (outcome?.ok) write.resolve(outcome.value);
      else write.reject(outcome?.reason);
    });
  }

  private runGroup(group: Waiting[]): Outcome[] {
    try {
      this.leaveTransaction();
      this.setSynchronous(group.some((write) => write.durable) ? 'FULL' : 'NORMAL');
      this.begin.run();
      const outcomes = group.length === 1 ? group.map(runAlone) : group.map((write) => this.runOne(write));
      this.commit.run();
      return outcomes;
    } catch (reason) {
      this.leaveTransaction();
      return group.map(() => ({ ok: false, reason }));
    }
  }

  /** After a failure a transaction may still be open; when it cannot be left now, the next group tries again. */
  private leaveTransaction(): void {
    if (!this.db.inTransaction) return;
    try {
      this.db.exec('ROLLBACK');
    } catch {
      // those who wrote are told the first reason
    }
  }

  /** Asking SQLite costs as much as the commit itself: only when it differs. */
  private setSynchronous(mode: 'FULL' | 'NORMAL'): void {
    if (mode === this.synchronous) return;
    this.db.pragma(`synchronous = ${mode}`);
    this.synchronous = mode;
  }

  private runOne(write: Waiting): Outcome {
    this.savepoint.run();
    try {
      const value = write.run();
      this.release.run();
      return { ok: true, value };
    } catch (reason) {
      // a full disk makes SQLite end the whole transaction by itself: then nobody's write happened
      if (!this.db.inTransaction) throw reason;
      this.rollbackTo.run();
      this.release.run();
      return { ok: false, reason };
    }
  }
}

/** What it throws ends the whole transaction, which is its own. */
function runAlone({ run }: Waiting): Outcome {
  return { ok: true, value: run() };
}
