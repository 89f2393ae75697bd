import type { Disposable } from '../../../daemon/base/disposables.ts';
import type { Seal } from '../../../daemon/store/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { Sweeps } from '../../../daemon/sweeps/index.ts';
import type { JsonObject } from '../../../schemas/language/json.ts';
import type { SweepSummary, SweepTrial } from '../../../schemas/wire/sweeps.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import type { Script } from './fake-engine.ts';
import { FakeEngine } from './fake-engine.ts';

/** A room of sweeps on a real store, over an engine that outlives it. */
export class Room implements Disposable {
  readonly workspace = new TempWorkspace();
  readonly clock = new VirtualClock();
  readonly errors: object[] = [];
  readonly engine: FakeEngine;
  store: Store;
  sweeps: Sweeps;
  private drawn = 0;

  constructor(script: Script) {
    this.engine = new FakeEngine(script);
    this.store = this.openStore();
    this.sweeps = this.openRoom();
  }

  /** As after the end of the daemon, in this folder or with a key that is not the same. */
  async restart(seal?: Seal): Promise<void> {
    this.sweeps.dispose();
    await this.store.dispose();
    this.store = this.openStore();
    this.sweeps = this.openRoom(seal);
    this.sweeps.recover();
  }

  async done(id: string): Promise<{ sweep: SweepSummary; trials: SweepTrial[] }> {
    await this.until(() => this.sweeps.get(id).sweep.ended_at !== null && !this.sweeps.busy());
    return this.sweeps.get(id);
  }

  async search(written: JsonObject): Promise<{ sweep: SweepSummary; trials: SweepTrial[] }> {
    const { sweep_id } = await this.sweeps.start('tune', written);
    return this.done(sweep_id);
  }

  /** Waits for an event after which it holds. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const listening = [this.sweeps.changes, this.sweeps.settled].map((emitter) =>
        emitter.on(() => {
          if (!holds()) return;
          for (const one of listening) void one.dispose();
          resolve();
        }),
      );
    });
  }

  async dispose(): Promise<void> {
    this.sweeps.dispose();
    await this.store.dispose();
    this.workspace.dispose();
  }

  private openStore(): Store {
    const { workspace, clock } = this;
    return new Store({ file: workspace.path('store.db'), migrations, backups: workspace.path('backups'), clock });
  }

  private openRoom(seal: Seal = (...words) => `own ${words.join(' ')}`): Sweeps {
    const logger = { info() {}, warn() {}, error: (fields: object) => void this.errors.push(fields) };
    const random = (size: number) => new Uint8Array(size).fill(++this.drawn);
    return new Sweeps({ store: this.store, seal, clock: this.clock, logger, random, runner: this.engine });
  }
}
