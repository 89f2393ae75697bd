import type { WhyReason } from '../../schemas/language/live.ts';
import type { Range } from '../../schemas/language/positions.ts';
import type { Analysis } from '../projects/analysis.ts';
import { graphIn, stepsIn } from '../projects/whole.ts';

/** Why a step of the project would run, what it waits for and what waits for it; null where there is no such step. */
export function why(analysis: Analysis, name: string): WhyReason[] | null {
  const steps = stepsIn(analysis);
  const own = steps.find(({ step }) => step.name === name);
  if (!own) return null;
  const { edges } = graphIn(analysis);
  const here = (text: string, range: Range): WhyReason => ({ text, range, uri: own.uri });
  const fileOf = (other: string) => steps.find(({ step }) => step.name === other)?.uri ?? null;
  const before = edges.filter(({ from }) => from === name);
  const after = edges.filter(({ to, from }) => to === name && from !== name);
  const { nameRange } = own.step;
  return [
    here(`${name} runs when something that it depends on has changed`, nameRange),
    ...before.map(({ because, to, range }) => here(`It waits for ${to}: it ${because}`, range)),
    ...(before.length === 0 ? [here('It waits for no other step', nameRange)] : []),
    ...after.map(({ from, because, range }) => ({
      text: `${from} waits for it: ${from} ${because}`,
      range,
      uri: fileOf(from),
    })),
  ];
}
