import type { FrozenPlan, Results } from '../../../schemas/language/model.ts';
import type { Settled, Turn } from '../../../schemas/language/plan/settle.ts';
import { settleStep } from '../../../schemas/language/plan/settle.ts';
import { messageOf } from '../../base/errors.ts';

export interface SettlerDeps {
  surroundings(): Pick<Turn, 'env' | 'reveal'>;
  /** one word for what lies at paths and patterns, as it is now */
  hashFiles(patterns: readonly string[]): Promise<string>;
}

/** Settles steps when it is their turn, with what their expressions ask of files. */
export class Settler {
  private readonly deps: SettlerDeps;

  constructor(deps: SettlerDeps) {
    this.deps = deps;
  }

  /** An expression cannot wait: it is asked again once it is known what it asks for, which may make it ask for more. */
  async settle(frozen: FrozenPlan, name: string, results: Results, cancelled = false): Promise<Settled> {
    const known = new Map<string, string>();
    for (;;) {
      const asked = new Map<string, readonly string[]>();
      const hashFiles = (patterns: readonly string[]) => {
        const key = JSON.stringify(patterns);
        if (!known.has(key)) asked.set(key, patterns);
        return known.get(key) ?? '';
      };
      const settled = settleStep(frozen, name, results, { ...this.deps.surroundings(), cancelled, hashFiles });
      if (asked.size === 0) return settled;
      try {
        for (const [key, patterns] of asked) known.set(key, await this.deps.hashFiles(patterns));
      } catch (thrown) {
        return { problem: `\`hashFiles()\`: ${messageOf(thrown)}` };
      }
    }
  }

  /** Whether it runs as things stand, without a look at any file. */
  mayRun(frozen: FrozenPlan, name: string, results: Results, cancelled: boolean): boolean {
    return (
      'step' in settleStep(frozen, name, results, { ...this.deps.surroundings(), cancelled, hashFiles: () => '?' })
    );
  }
}
