import { byBlock } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import { isHere, onceForAll, placeOfStep } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { StepModel } from '../model.ts';
import type { Edge } from '../plan/graph.ts';
import { findCycle } from '../plan/graph.ts';
import { roundOf } from '../suggest.ts';
import type { Rule } from './rule.ts';

export const cycle: Rule = {
  code: 'CRISOL121',
  severity: 'error',
  title: 'Circle of steps',
  check(view) {
    return circlesOf(view)
      .filter(([first]) => isHere(view, first?.from ?? ''))
      .map((circle) => describe(circle, view));
  },
};

const AT_MOST = 20;
/** What a circle of thousands is made of nobody goes through. */
const MOST_PLACES = 100;

/** Each is told where it begins, which may be another file. */
const circlesOf = onceForAll(({ model, edges }) => {
  const sound = soundNamesIn(model.steps);
  const isSound = sound.length < model.steps.length ? new Set(sound) : null;
  const circles: Edge[][] = [];
  let left = isSound ? edges.filter((edge) => isSound.has(edge.from)) : edges;
  // each circle once: what is told is cut, and the rest looked at again
  for (let found = findCycle(sound, left); found && circles.length < AT_MOST; found = findCycle(sound, left)) {
    const told = new Set(found.map((edge) => edge.from));
    circles.push(found);
    left = left.filter((edge) => !told.has(edge.from));
  }
  return circles;
});

const soundNamesIn = byBlock((steps: readonly StepModel[]) =>
  steps.flatMap(({ name, damaged }) => (damaged ? [] : name)),
);

function describe(circle: readonly Edge[], view: FileView): Finding {
  const [first, ...rest] = circle;
  const names = roundOf(circle.map((edge) => edge.from));
  const range = first?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const alone = rest.length === 0;
  return {
    range,
    message: alone
      ? `\`${first?.from}\` waits for itself (${first?.because}): remove this.`
      : `These steps wait for each other: ${names}. Remove one of the places that make the circle.`,
    related: alone
      ? undefined
      : circle
          .slice(0, MOST_PLACES)
          .map(({ from, range, because }) => placeOfStep(view, from, range, `${from} ${because}`)),
  };
}
