import type { Artifacts } from './artifacts/index.ts';
import type { Clock } from './base/clock.ts';
import type { Disposable } from './base/disposables.ts';
import { Disposables } from './base/disposables.ts';
import { IdleExit } from './life/index.ts';
import type { Pipelines } from './pipelines/index.ts';
import type { Serving } from './serving/index.ts';
import type { Sweeps } from './sweeps/index.ts';
import type { Triggers } from './triggers/index.ts';

interface PresenceParts {
  artifacts: Artifacts;
  pipelines: Pipelines;
  serving: Serving;
  sweeps: Sweeps;
  triggers: Triggers;
  clock: Clock;
  idleMs: number;
  leave: (reason: string) => void;
}

/** What keeps the daemon here, and how it leaves. */
export class Presence implements Disposable {
  private readonly parts: PresenceParts;
  private readonly idle: IdleExit;
  private readonly listening = new Disposables();
  private clients = 0;
  private scriptCount = 0;

  constructor(parts: PresenceParts) {
    const { artifacts, pipelines, sweeps, serving, clock, idleMs, leave } = parts;
    this.parts = parts;
    const busy = () => [...this.busy(), ...this.ahead()];
    this.idle = this.listening.add(new IdleExit({ clock, idleMs, busy, leave }));
    this.listening.add(artifacts.settled.on(() => this.idle.workChanged()));
    this.listening.add(pipelines.settled.on(() => this.idle.workChanged()));
    this.listening.add(sweeps.settled.on(() => this.idle.workChanged()));
    this.listening.add(serving.onEvent(() => this.idle.workChanged()));
  }

  busy(): string[] {
    return [
      ...this.work(),
      ...(this.clients > 0 ? [`${this.clients} connected`] : []),
      ...(this.scriptCount > 0 ? ['a script connected'] : []),
    ];
  }

  /** What is still to come: it keeps the daemon here, but a newer one may take it over. */
  ahead(): string[] {
    const { triggers } = this.parts;
    return [...(triggers.busy() ? ['a run waits to begin'] : []), ...triggers.due()];
  }

  used(): void {
    this.idle.used();
    this.parts.triggers.noticed();
  }

  connected(count: number): void {
    this.clients = count;
    this.used();
  }

  scripts(count: number): void {
    this.scriptCount = count;
    this.used();
  }

  shutdown(when: 'now' | 'idle'): void {
    if (when === 'now' || this.work().length === 0) this.parts.leave('it was asked to');
    else this.idle.leaveAfter(() => this.work());
  }

  /** Its folder is gone: nobody would hear of what runs any more. */
  evicted(): void {
    const { sweeps, pipelines, leave } = this.parts;
    for (const { sweep_id, state } of sweeps.list()) if (state === 'running') sweeps.cancel(sweep_id);
    for (const { run_id, state } of pipelines.list())
      if (state === 'running') void pipelines.cancel(run_id).catch(() => {});
    leave('its folder was removed');
  }

  dispose(): Promise<void> {
    return this.listening.dispose();
  }

  private work(): string[] {
    const { artifacts, pipelines, sweeps, serving } = this.parts;
    return [
      ...(sweeps.busy() ? ['a sweep runs'] : []),
      ...(pipelines.busy() ? ['a pipeline runs'] : []),
      ...(serving.busy() ? ['an endpoint serves'] : []),
      ...(artifacts.busy() ? ['an artifact arrives'] : []),
    ];
  }
}
