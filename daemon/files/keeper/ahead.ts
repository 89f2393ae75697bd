import { readFileSync, writeFileSync } from 'node:fs';
import type { Watch } from '../jobs/watch.ts';
import { newWatch, stop } from '../jobs/watch.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import { Progress } from './progress.ts';
import type { Asked, Calls } from './protocol.ts';

/** A pipeline of more steps has its first ones looked at ahead. */
const MOST_QUESTIONS = 50;

type Answer = Calls['digest']['answer'];

/** One look that nobody has asked for yet. */
export interface AheadLook {
  watch: Watch;
  progress: Progress;
  answer: Promise<Answer>;
}

type Looking = (paths: readonly string[], how: Pick<AheadLook, 'watch' | 'progress'>) => Promise<Answer>;

/**
 * What the runs before have asked, their deps, is looked at before the next one asks it again: while a daemon that was
 * started for it still loads. Remembered in `.crisol/cache/asked`, as lists of paths.
 */
export class Ahead {
  private readonly file: Raw;
  /** what is still to be looked at */
  private waiting = new Set<string>();
  private readonly looks = new Map<string, AheadLook>();
  private readonly taken = new Set<string>();
  private readonly asked = new Set<string>();

  constructor(folder: Raw) {
    this.file = `${folder}/asked`;
  }

  async begin(look: Looking): Promise<void> {
    this.waiting = new Set(this.remembered());
    // what is taken meanwhile is not come to
    for (const question of this.waiting) {
      this.waiting.delete(question);
      const one = aheadLook((how) => look(JSON.parse(question), how));
      this.looks.set(question, one);
      // whoever takes it is told of its failure
      await one.answer.catch(() => {});
    }
  }

  /** Each is taken once. Another question than those: the pipeline has changed, and no other look is wanted either. */
  take({ paths, throughLinks }: Asked<'digest'>): AheadLook | undefined {
    if (!throughLinks || paths.length === 0) return undefined;
    const question = JSON.stringify(paths);
    const found = this.looks.get(question);
    const isKnown = found || this.waiting.has(question) || this.taken.has(question);
    this.looks.delete(question);
    this.waiting.delete(question);
    this.taken.add(question);
    if (!isKnown) this.forget();
    return found;
  }

  /** What was seen may not be so any more. */
  forget(): void {
    this.waiting.clear();
    for (const { watch } of this.looks.values()) stop(watch);
    this.looks.clear();
  }

  note({ paths, throughLinks }: Asked<'digest'>): void {
    if (!throughLinks || paths.length === 0) return;
    const question = JSON.stringify(paths);
    this.asked.delete(question);
    this.asked.add(question);
  }

  /** Without it the next run begins a little later. */
  saveQuietly(): void {
    if (this.asked.size === 0) return;
    const newest = [...this.asked].slice(-MOST_QUESTIONS);
    try {
      writeFileSync(systemPath(this.file), `[${newest.join(',\n')}]\n`, { mode: 0o600 });
    } catch {
      // a full disk, or none any more
    }
  }

  /** It may have come with a folder: whatever it names is looked at as if somebody had asked, within the workspace. */
  private remembered(): string[] {
    try {
      const lists: unknown = JSON.parse(readFileSync(systemPath(this.file), 'utf8'));
      return Array.isArray(lists) ? lists.filter(isPaths).map((paths) => JSON.stringify(paths)) : [];
    } catch {
      return [];
    }
  }
}

const isPaths = (one: unknown) => Array.isArray(one) && one.every((path) => typeof path === 'string');

function aheadLook(look: (how: Pick<AheadLook, 'watch' | 'progress'>) => Promise<Answer>): AheadLook {
  const watch = newWatch();
  const progress = new Progress(watch);
  const answer = look({ watch, progress }).finally(() => progress.dispose());
  return { watch, progress, answer };
}
