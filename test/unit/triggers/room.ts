import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../daemon/base/clock.ts';
import { Emitter } from '../../../daemon/base/emitter.ts';
import type { CrisolError } from '../../../daemon/base/errors.ts';
import type { Contents } from '../../../daemon/files/index.ts';
import type { Seal } from '../../../daemon/store/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import type { DriftNews, TriggeredRuns, TriggeredStart } from '../../../daemon/triggers/index.ts';
import { Triggers } from '../../../daemon/triggers/index.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { Firing } from '../../../schemas/wire/triggers.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A pipeline whose runs a test ends. It outlives the daemon, as the real one's store does. */
export class Runs implements TriggeredRuns {
  readonly changes = new Emitter<PipelineRun>();
  readonly settled = new Emitter<void>();
  readonly begun: { wanted: TriggeredStart; run: PipelineRun }[] = [];
  /** what the pipeline's steps write */
  outs: string[] = [];
  refusal: CrisolError | null = null;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  async start(wanted: TriggeredStart): Promise<PipelineRun> {
    if (this.refusal) throw this.refusal;
    return this.begin(wanted);
  }

  /** What a person starts, too. */
  begin(wanted: TriggeredStart = { cause: { kind: 'manual', key: '' }, steps: [], params: {} }): PipelineRun {
    const run: PipelineRun = {
      run_id: `run-${this.begun.length + 1}`,
      pipeline: 'test',
      name: 'calm-heron',
      state: 'running',
      cause: wanted.cause,
      started_at: this.clock.now(),
      ended_at: null,
      steps: [],
    };
    this.begun.push({ wanted, run });
    this.changes.emit(structuredClone(run));
    return structuredClone(run);
  }

  end(runId: string, state: PipelineRun['state'] = 'succeeded'): void {
    const run = this.begun.find((one) => one.run.run_id === runId)?.run;
    if (!run || run.ended_at !== null) return;
    Object.assign(run, { state, ended_at: this.clock.now() });
    this.changes.emit(structuredClone(run));
    if (!this.busy()) this.settled.emit();
  }

  endAll(): void {
    for (const { run } of this.underWay()) this.end(run.run_id);
  }

  startedBy(key: string): PipelineRun | undefined {
    return this.begun.find(({ wanted }) => wanted.cause.key === key)?.run;
  }

  find(runId: string): PipelineRun | undefined {
    return this.begun.find(({ run }) => run.run_id === runId)?.run;
  }

  cancel(runId: string): void {
    this.end(runId, 'cancelled');
  }

  busy(): boolean {
    return this.underWay().length > 0;
  }

  writes(): readonly string[] {
    return this.outs;
  }

  private underWay() {
    return this.begun.filter(({ run }) => run.ended_at === null);
  }
}

/** As one daemon sees them: after its death it hears of nothing, and begins nothing. */
function runsFor(runs: Runs, life: { ended: boolean }): TriggeredRuns {
  const changes = new Emitter<PipelineRun>();
  const settled = new Emitter<void>();
  runs.changes.on((run) => (life.ended ? undefined : changes.emit(run)));
  runs.settled.on(() => (life.ended ? undefined : settled.emit()));
  return {
    changes,
    settled,
    start: (wanted) => (life.ended ? new Promise(() => {}) : runs.start(wanted)),
    startedBy: (key) => runs.startedBy(key),
    find: (runId) => runs.find(runId),
    cancel: (runId) => runs.cancel(runId),
    busy: () => runs.busy(),
    writes: () => runs.writes(),
  };
}

interface RoomOptions {
  yaml: string;
  now: string;
  contents?: Contents;
}

/** Small and slow, and right: each file is read. */
function contentsOf(folder: string): Contents {
  const digestOf = (path: string): object | null => {
    const file = join(folder, path);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return null;
    if (found.isFile()) return { sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
    return { files: readdirSync(file).map((name) => [name, digestOf(join(path, name))]) };
  };
  return { digest: async (paths) => new Map(paths.map((path) => [path, digestOf(path)])) };
}

const seal: Seal = (...words) => `sealed ${JSON.stringify(words)}`;

/** A workspace with triggers, over the lives of several daemons. */
export class Room {
  readonly workspace = new TempWorkspace();
  readonly clock: VirtualClock;
  readonly runs: Runs;
  readonly drift = new Emitter<DriftNews>();
  readonly warnings: string[] = [];
  seal = seal;
  problem: string | null = null;
  /** how often data were read */
  looks = 0;
  yaml: string;
  triggers: Triggers;
  private readonly contents: Contents;
  private store: Store;
  private life = { ended: false };

  private constructor({ yaml, now, contents }: RoomOptions) {
    this.yaml = yaml;
    this.clock = new VirtualClock(new Date(now));
    this.runs = new Runs(this.clock);
    const own = contents ?? contentsOf(this.workspace.folder);
    this.contents = {
      digest: async (paths) => {
        const digests = await own.digest(paths);
        this.looks++;
        return digests;
      },
    };
    ({ store: this.store, triggers: this.triggers } = this.daemon());
  }

  /** The user has agreed that triggers act, unless said otherwise. */
  static async open(options: RoomOptions, { agreed = true } = {}): Promise<Room> {
    const room = new Room(options);
    await room.triggers.recover();
    if (agreed) await room.triggers.consent();
    await room.turns();
    return room;
  }

  /** SIGKILL: nothing is put in order. */
  kill(): void {
    this.life.ended = true;
    void this.store.dispose();
  }

  async restart(): Promise<void> {
    ({ store: this.store, triggers: this.triggers } = this.daemon());
    await this.triggers.recover();
    await this.turns();
  }

  /** A new daemon takes over from one that ended in order. */
  async restartSoftly(): Promise<void> {
    await this.triggers.dispose();
    await this.store.dispose();
    await this.restart();
  }

  /** As after a sleep, or when somebody sets it: no timer hears of it. */
  setClock(time: string): void {
    (this.clock as unknown as { time: number }).time = Date.parse(time);
  }

  async configure(yaml: string): Promise<void> {
    this.yaml = yaml;
    await this.triggers.configChanged();
    await this.turns();
  }

  /** Time passes while a daemon is there. */
  async pass(ms: number, step = 10 * 60_000): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      await this.clock.advance(Math.min(step, left));
      await this.turns();
    }
  }

  async passUntil(time: string, step?: number): Promise<void> {
    await this.pass(Date.parse(time) - this.clock.now(), step);
  }

  /** What was begun settles: each commit takes a turn. */
  async turns(count = 30): Promise<void> {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** What was begun, and when. */
  begun(): string[] {
    return this.runs.begun.map(({ wanted, run }) => `${wanted.cause.name} ${new Date(run.started_at).toISOString()}`);
  }

  /** Whether it is known what the data of a trigger are like. */
  hasContent(key: string): boolean {
    const content = this.store.db.prepare('SELECT content FROM triggers WHERE key = ?').pluck().get(key);
    return typeof content === 'string';
  }

  firings(name: string): Firing[] {
    return this.triggers.detail(name).firings;
  }

  async dispose(): Promise<void> {
    await this.triggers.dispose();
    await this.store.dispose();
    this.workspace.dispose();
  }

  private daemon(): { store: Store; triggers: Triggers } {
    const life = { ended: false };
    this.life = life;
    const { clock } = this;
    // who is dead hears no timer
    const ownClock: Clock = {
      now: () => clock.now(),
      after: (ms, action) => clock.after(ms, () => (life.ended ? undefined : action())),
    };
    const file = join(this.workspace.folder, 'store.db');
    const store = new Store({ file, migrations, backups: join(this.workspace.folder, 'backups'), clock: this.clock });
    const warn = (_: object, message: string) => void this.warnings.push(message);
    const triggers = new Triggers({
      store,
      seal: (...words) => this.seal(...words),
      clock: ownClock,
      logger: { info() {}, warn, error: warn },
      configured: () => {
        const { triggers: said, datasets } = parsePipelineFile(`version: 1\n${this.yaml}`).model;
        return { triggers: said, datasets, problem: this.problem };
      },
      runs: runsFor(this.runs, life),
      data: { workspace: this.workspace.folder, contents: this.contents },
      drift: { onNews: (listener) => this.drift.on(listener) },
    });
    return { store, triggers };
  }
}
