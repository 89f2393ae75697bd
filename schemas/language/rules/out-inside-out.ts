import { soundPaths } from '../check/view.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import { foldersAbove } from '../values/paths.ts';
import type { Rule } from './rule.ts';

/** Who writes the folder would take the other's file with it. */
export const outInsideOut: Rule = {
  code: 'CRISOL118',
  severity: 'error',
  title: "An out inside another step's out",
  check(view) {
    const sound = soundPaths(view);
    const writers = new Map<string, { step: string; place: Located<string> }>();
    for (const { name, writes } of sound) {
      for (const place of writes) if (!writers.has(place.value)) writers.set(place.value, { step: name, place });
    }
    return sound.flatMap(({ name, writes }) =>
      writes.flatMap(({ value, range }) => {
        const folder = foldersAbove(value).find((above) => writers.has(above));
        const outer = folder === undefined ? undefined : writers.get(folder);
        if (!outer || outer.step === name || hasExpression(value) || hasExpression(outer.place.value)) return [];
        return [
          {
            range,
            message: `\`${outer.step}\` writes all of \`${folder}\`: give \`${name}\` an out beside it.`,
            related: [{ range: outer.place.range, message: `${outer.step} writes it here.` }],
          },
        ];
      }),
    );
  },
};
