import type { StandingStep } from '../../../schemas/pipelines/standing.ts';
import { lookOf } from '../../shared/work-state.tsx';

/** What somebody looks for among the steps. */
export interface Finding {
  words: string;
  /** names of steps; null while nobody looks for any */
  hits: ReadonlySet<string> | null;
  look(words: string): void;
}

/** Steps whose name has every word, or whose state begins with it: `train failed`. */
export function hitsOf(steps: Iterable<StandingStep>, words: string): ReadonlySet<string> | null {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return null;
  const found = [...steps].filter((step) => {
    const name = step.name.toLowerCase();
    const states = statesOf(step);
    return wanted.every((word) => name.includes(word) || states.some((state) => state.startsWith(word)));
  });
  return new Set(found.map(({ name }) => name));
}

function statesOf({ last }: StandingStep): string[] {
  const { word } = lookOf(last?.state ?? null);
  return [word.toLowerCase(), ...(last?.cached ? ['cached'] : [])];
}
