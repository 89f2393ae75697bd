import { isHere, placeOfStep, soundPathsOf } from '../check/whole.ts';
import { writersOf } from '../check/writers.ts';
import { hasExpression } from '../expressions/template.ts';
import { foldersAbove } from '../values/paths.ts';
import type { Rule } from './rule.ts';

/** Who writes the folder would take the other's file with it. */
export const outInsideOut: Rule = {
  code: 'CRISOL118',
  severity: 'error',
  title: "An out inside another step's out",
  check(view) {
    const { first: writers, folders } = writersOf(view);
    if (![...folders].some((folder) => writers.has(folder))) return [];
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
