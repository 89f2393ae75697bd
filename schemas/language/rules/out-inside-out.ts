import type { Writer } from '../check/whole.ts';
import { isHere, onceForAll, placeOfStep, soundPathsIn, soundPathsOf } from '../check/whole.ts';
import { hasExpression } from '../expressions/template.ts';
import { foldersAbove } from '../values/paths.ts';
import type { Rule } from './rule.ts';

/** Who writes the folder would take the other's file with it. */
export const outInsideOut: Rule = {
  code: 'CRISOL118',
  severity: 'error',
  title: "An out inside another step's out",
  check(view) {
    const writers = writersOf(view);
    return soundPathsOf(view).flatMap(({ name, writes }) =>
      (isHere(view, name) ? writes : []).flatMap(({ value, range }) => {
        const folder = foldersAbove(value).find((above) => writers.has(above));
        const outer = folder === undefined ? undefined : writers.get(folder);
        if (!outer || outer.step === name || hasExpression(value) || hasExpression(outer.place.value)) return [];
        return [
          {
            range,
            message: `\`${outer.step}\` writes all of \`${folder}\`: give \`${name}\` an out beside it.`,
            related: [placeOfStep(view, outer.step, outer.place.range, `${outer.step} writes it here.`)],
          },
        ];
      }),
    );
  },
};

const writersOf = onceForAll((whole) => {
  const writers = new Map<string, Writer>();
  for (const { name, writes } of soundPathsIn(whole)) {
    for (const place of writes) if (!writers.has(place.value)) writers.set(place.value, { step: name, place });
  }
  return writers;
});
