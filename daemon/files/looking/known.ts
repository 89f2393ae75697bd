import { isSameStat } from '../jobs/stat.ts';
import type { Raw } from '../raw.ts';
import type { Table } from './table.ts';
import { distrust, placeOf, shaAt } from './table.ts';

/** A file that was read by itself, or in a folder that could not be read to its end. */
export interface Single {
  stat: BigInt64Array;
  sha: Uint8Array;
  settled: boolean;
  lookedAt: number;
}

/** Smaller differences between two clocks are no jump. */
const JUMP_MS = 1000;
/** What nobody asked for in this time is forgotten. */
const DAY_MS = 24 * 3_600_000;
const FORGOTTEN_AFTER_MS = 30 * DAY_MS;

/** The stat index: what files and folders were when they were last looked at, by their path in the workspace. */
export class Known {
  readonly tables: Map<Raw, Table>;
  readonly singles: Map<Raw, Single>;
  /** something is remembered that the disk does not have yet */
  isDirty = false;
  /** when it was last asked, by the clock and by a watch that nobody sets */
  private last: { clock: number; watch: number } | undefined;

  constructor(tables: Map<Raw, Table> = new Map(), singles: Map<Raw, Single> = new Map()) {
    this.tables = tables;
    this.singles = singles;
  }

  setTable(path: Raw, table: Table): void {
    const before = this.tables.get(path);
    // that it was asked for is worth being written once a day; all else that is new at once
    if (before?.stats !== table.stats || before.total !== table.total || table.lookedAt - before.lookedAt > DAY_MS) {
      this.isDirty = true;
    }
    this.tables.set(path, table);
    if (this.singles.size > 0) for (const name of table.names) this.singles.delete(pathIn(path, name));
  }

  setSingle(path: Raw, single: Single): void {
    this.isDirty = true;
    this.singles.set(path, single);
  }

  /** The sha256 of a file with this stat, if that is certain. */
  find(folder: Raw, name: Raw, stats: BigInt64Array, place: number): Uint8Array | undefined {
    const single = this.singles.get(pathIn(folder, name));
    if (single?.settled && isSameStat(single.stat, 0, stats, place)) return single.sha;
    const table = this.tables.get(folder);
    const at = table ? placeOf(table.names, name) : -1;
    if (!table || at < 0 || table.settled[at] !== 1 || !isSameStat(table.stats, at, stats, place)) return undefined;
    return shaAt(table, at);
  }

  /**
   * To be called before each look. A clock that was set back may give a file that is written to the very times that it had
   * before: whatever has times since then is read again.
   */
  tellTime(clock: number, watch: number): void {
    const { last } = this;
    this.last = { clock, watch };
    if (!last) return;
    const elapsed = watch - last.watch;
    if (clock < last.clock + elapsed - JUMP_MS) this.distrust(clock - elapsed);
  }

  /** Whatever was written to since that time is read again. */
  distrust(since: number): void {
    this.isDirty = true;
    for (const table of this.tables.values()) distrust(table, since - JUMP_MS);
    this.singles.clear();
  }

  forget(now: number): void {
    forgetIn(this.tables, now);
    forgetIn(this.singles, now);
  }
}

export function pathIn(folder: Raw, name: Raw): Raw {
  return folder === '' ? name : `${folder}/${name}`;
}

function forgetIn(known: Map<Raw, { lookedAt: number }>, now: number): void {
  for (const [path, { lookedAt }] of known) if (lookedAt + FORGOTTEN_AFTER_MS < now) known.delete(path);
}
