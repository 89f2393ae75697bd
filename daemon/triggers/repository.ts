import type { Firing } from '../../schemas/wire/triggers.ts';
import type { Seal, Store } from '../store/index.ts';
import type { KeptFiring, Memory } from './records.ts';
import { NO_MEMORY } from './records.ts';

/** As long an occasion is remembered, so that a clock that is set back does not bring it again. */
const KEPT_MS = 7 * 86_400_000;

type MemoryRow = { key: string; seen: number | null; content: string | null; paused_at: number | null; seal: string };
type FiringRow = { id: string; key: string; at: number; state: string; told: string; wanted: string; seal: string };

export class TriggerRepository {
  private readonly store: Store;
  private readonly seal: Seal;
  private readonly memory;
  private readonly remembering;
  private readonly forgetting;
  private readonly inserting;
  private readonly updating;
  private readonly pruning;
  private readonly byId;
  private readonly newest;
  private readonly unfinished;
  private readonly agreed;
  private readonly agreeing;

  constructor(store: Store, seal: Seal) {
    this.store = store;
    this.seal = seal;
    const { db } = store;
    this.memory = db.prepare<[string], MemoryRow>('SELECT * FROM triggers WHERE key = ?');
    this.remembering = db.prepare<[string, number | null, string | null, number | null, string]>(
      `INSERT INTO triggers (key, seen, content, paused_at, seal) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET
         seen = excluded.seen, content = excluded.content, paused_at = excluded.paused_at, seal = excluded.seal`,
    );
    this.forgetting = db.prepare<[string]>(
      'DELETE FROM triggers WHERE paused_at IS NULL AND key NOT IN (SELECT value FROM json_each(?))',
    );
    this.inserting = db.prepare<[string, string, number, string, string, string, string]>(
      `INSERT INTO trigger_firings (id, key, at, state, told, wanted, seal) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    );
    this.updating = db.prepare<[string, string, string]>('UPDATE trigger_firings SET state = ?, told = ? WHERE id = ?');
    this.pruning = db.prepare<{ key: string; before: number }>(
      `DELETE FROM trigger_firings WHERE key = :key AND at < :before AND state NOT IN ('waiting', 'running')
       AND at < (SELECT max(at) FROM trigger_firings WHERE key = :key)`,
    );
    this.byId = db.prepare<[string], FiringRow>('SELECT * FROM trigger_firings WHERE id = ?');
    this.newest = db
      .prepare<[string, number], string>(
        'SELECT told FROM trigger_firings WHERE key = ? ORDER BY at DESC, id DESC LIMIT ?',
      )
      .pluck();
    this.unfinished = db.prepare<[], FiringRow>(
      `SELECT * FROM trigger_firings WHERE state IN ('waiting', 'running') ORDER BY at, id`,
    );
    this.agreed = db.prepare<[string], number>('SELECT 1 FROM trigger_consent WHERE seal = ?').pluck();
    this.agreeing = db.prepare<[string]>('INSERT INTO trigger_consent (seal) VALUES (?) ON CONFLICT DO NOTHING');
  }

  /** What came with a folder keeps a trigger from acting, but never makes it act. */
  remembered(key: string): Memory {
    const row = this.memory.get(key);
    if (!row) return NO_MEMORY;
    const { seen, content, paused_at: pausedAt } = row;
    return row.seal === this.sealOfMemory(key, { seen, content, pausedAt })
      ? { seen, content, pausedAt }
      : { ...NO_MEMORY, pausedAt };
  }

  /** Of others it is forgotten what they were like: were they there again, their past would be that of now. */
  async keepOnly(keys: readonly string[]): Promise<void> {
    await this.store.write(() => this.forgetting.run(JSON.stringify(keys)));
  }

  /** Keeps both or none: an occasion that is dealt with, and that it is. Answers those that were not known yet. */
  async keep(memories: ReadonlyMap<string, Memory>, firings: readonly KeptFiring[] = []): Promise<KeptFiring[]> {
    return this.store.write(() => {
      for (const [key, memory] of memories) this.remember(key, memory);
      return firings.filter((firing) => this.insert(firing));
    });
  }

  async update({ told }: KeptFiring): Promise<void> {
    await this.store.write(() => this.updating.run(told.state, JSON.stringify(told), told.id));
  }

  find(id: string): KeptFiring | undefined {
    const row = this.byId.get(id);
    return row && asFiring(row);
  }

  newestOf(key: string, count: number): Firing[] {
    return this.newest.all(key, count).map((told) => JSON.parse(told));
  }

  /** Those under way: ours, and those that came with the folder, whose runs are not to begin. */
  open(): { own: KeptFiring[]; foreign: KeptFiring[] } {
    const rows = this.unfinished.all();
    const isOwn = ({ id, key, wanted, seal }: FiringRow) => seal === this.sealOfFiring(id, key, wanted);
    return { own: rows.filter(isOwn).map(asFiring), foreign: rows.filter((row) => !isOwn(row)).map(asFiring) };
  }

  /** Whether the user has agreed that triggers act in this folder. */
  hasConsent(): boolean {
    return this.agreed.get(this.seal('triggers')) !== undefined;
  }

  async consent(): Promise<void> {
    await this.store.write(() => this.agreeing.run(this.seal('triggers')));
  }

  private remember(key: string, memory: Memory): void {
    const { seen, content, pausedAt } = memory;
    this.remembering.run(key, seen, content, pausedAt, this.sealOfMemory(key, memory));
  }

  private insert({ key, told, wanted }: KeptFiring): boolean {
    const { id, at, state } = told;
    const words = JSON.stringify(wanted);
    const seal = this.sealOfFiring(id, key, words);
    const { changes } = this.inserting.run(id, key, at, state, JSON.stringify(told), words, seal);
    if (changes > 0) this.pruning.run({ key, before: at - KEPT_MS });
    return changes > 0;
  }

  private sealOfMemory(key: string, memory: Memory): string {
    return this.seal('trigger', key, JSON.stringify([memory.seen, memory.content]));
  }

  private sealOfFiring(id: string, key: string, wanted: string): string {
    return this.seal('firing', id, key, wanted);
  }
}

function asFiring({ key, told, wanted }: FiringRow): KeptFiring {
  return { key, told: JSON.parse(told), wanted: JSON.parse(wanted) };
}
