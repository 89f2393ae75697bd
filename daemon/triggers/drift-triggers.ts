import type { DriftTriggerModel } from '../../schemas/language/trigger-model.ts';
import type { CalledTrigger } from '../../schemas/language/trigger-names.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { Alarm } from './alarm.ts';
import type { Firings } from './firings.ts';
import { firingFor } from './occasions.ts';
import type { DriftNews, DriftPort } from './ports.ts';
import type { TriggerRepository } from './repository.ts';

export interface CalledDriftTrigger extends CalledTrigger {
  trigger: DriftTriggerModel;
}

interface Deps {
  repository: TriggerRepository;
  firings: Firings;
  clock: Clock;
  logger: Logger;
  drift: DriftPort;
}

/** Run when a monitor comes to find drift; as long as it goes on finding it for the same version, that is no news. */
export class DriftTriggers implements Disposable {
  private readonly deps: Deps;
  private readonly alarm: Alarm;
  private readonly listening: Disposable;
  private readonly newest = new Map<string, DriftNews>();
  private acting: CalledDriftTrigger[] = [];
  private looking: Promise<void> = Promise.resolve();

  constructor(deps: Deps) {
    this.deps = deps;
    this.alarm = new Alarm(deps.clock, () => this.look());
    this.listening = deps.drift.onNews((news) => this.hear(news));
  }

  act(triggers: readonly CalledDriftTrigger[]): void {
    this.acting = [...triggers];
    this.look();
  }

  noticed(): void {
    this.alarm.noticed();
  }

  async dispose(): Promise<void> {
    this.acting = [];
    this.alarm.dispose();
    await this.listening.dispose();
    await this.looking;
  }

  private hear(news: DriftNews): void {
    const known = this.newest.get(news.monitor);
    if (known?.state === news.state && known.about === news.about) return;
    this.newest.set(news.monitor, news);
    if (this.acting.some(({ trigger }) => trigger.monitor === news.monitor)) this.look();
  }

  private look(): void {
    this.looking = this.looking.then(async () => {
      const again: number[] = [];
      for (const called of this.acting) {
        try {
          again.push(...(await this.lookAt(called)));
        } catch (failure) {
          this.deps.logger.error({ err: failure, trigger: called.name }, 'a drift trigger could not act');
        }
      }
      this.alarm.set(again.length > 0 ? Math.min(...again) : null);
    });
  }

  /** Answers when it is to be looked at again, while its cooldown lasts. */
  private async lookAt(called: CalledDriftTrigger): Promise<number[]> {
    const { repository, firings, clock } = this.deps;
    const { key, trigger } = called;
    const news = this.newest.get(trigger.monitor);
    const memory = repository.remembered(key);
    const content = news && `${news.state} ${news.about}`;
    if (!news || content === memory.content) return [];
    const at = clock.now();
    const isNews = news.state === 'drift';
    const last = isNews ? repository.newestOf(key, 1)[0]?.at : undefined;
    const until = Math.min(last ?? Number.NEGATIVE_INFINITY, at) + trigger.cooldownMs;
    if (until > at) return [until];
    const reason = `${trigger.monitor} found drift`;
    const fired = isNews ? [firingFor(called, { word: String(at), at, reason })] : [];
    await firings.take(fired, new Map([[key, { ...memory, content: content ?? null }]]));
    return [];
  }
}
