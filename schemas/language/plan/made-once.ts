import type { Answer } from '../expressions/evaluate.ts';

export const IN_A_CIRCLE = 'leads back to itself.';
/** Nobody builds a value out of values of values further than this, and each level takes some of the stack. */
const DEEPEST = 20;
export const TOO_DEEP = `stands for a value of a value, over ${DEEPEST} levels deep: write the value itself.`;

interface Made {
  answer: Answer;
  /** of values within it, itself included */
  levels: number;
}

/**
 * Values that are made of others, each worked out once, however many ask for it. How deep one goes is counted, not met: whether it
 * goes too deep does not depend on who asked for what before.
 */
export class MadeOnce {
  readonly #known = new Map<string, Made>();
  /** with how many around it a value was found to go too deep */
  readonly #tooDeep = new Map<string, number>();
  /** on the way to the one that is asked for */
  readonly #open = new Map<string, { levels: number; isTooDeep: boolean }>();

  get innermost(): string | undefined {
    return [...this.#open.keys()].at(-1);
  }

  /** `name`: what it is called in words. */
  at(place: string, name: string, make: () => Answer): Answer {
    const around = this.#open.size;
    const known = this.#known.get(place);
    if (known && around + known.levels <= DEEPEST) return this.#found(known);
    if (this.#open.has(place)) return { problem: `\`${name}\` ${IN_A_CIRCLE}` };
    if (known || around >= Math.min(DEEPEST, this.#tooDeep.get(place) ?? DEEPEST)) return this.#refuse(name);
    const making = { levels: 0, isTooDeep: false };
    this.#open.set(place, making);
    const answer = make();
    this.#open.delete(place);
    if (making.isTooDeep) {
      this.#tooDeep.set(place, around);
      return this.#refuse(name);
    }
    const made = { answer, levels: making.levels + 1 };
    this.#known.set(place, made);
    return this.#found(made);
  }

  #found({ answer, levels }: Made): Answer {
    const above = [...this.#open.values()].at(-1);
    if (above) above.levels = Math.max(above.levels, levels);
    return answer;
  }

  /** Also where something would stand in for it: that must not depend on how deep it is asked for. */
  #refuse(name: string): Answer {
    const above = [...this.#open.values()].at(-1);
    if (above) above.isTooDeep = true;
    return { problem: `\`${name}\` ${TOO_DEEP}` };
  }
}
