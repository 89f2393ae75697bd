import type { WhyReason } from '../../schemas/language/live.ts';
import type { Analysis } from '../documents/analysis.ts';
import { graphIn } from '../projects/whole.ts';

/** Why a step would run, what it waits for and what waits for it; null where there is no such step. */
export function why(analysis: Analysis, name: string): WhyReason[] | null {
  const { model } = analysis;
  const step = model.steps.find((candidate) => candidate.name === name);
  if (!step) return null;
  const { edges } = graphIn(analysis);
  // a place in another file cannot be shown in this one
  const isHere = (other: string) => model.steps.some((candidate) => candidate.name === other);
  const before = edges.filter(({ from }) => from === name);
  const after = edges.filter(({ to, from }) => to === name && from !== name);
  return [
    { text: `${name} runs each time: this version keeps no results of steps`, range: step.nameRange },
    ...before.map(({ because, to, range }) => ({ text: `It waits for ${to}: it ${because}`, range })),
    ...(before.length === 0 ? [{ text: 'It waits for no other step', range: step.nameRange }] : []),
    ...after.map(({ from, because, range }) => ({
      text: `${from} waits for it: ${from} ${because}`,
      range: isHere(from) ? range : null,
    })),
  ];
}
