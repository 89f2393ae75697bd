import type { FileView } from '../check/view.ts';
import type { Writer } from '../check/whole.ts';
import { isHere, placeOfStep, soundPathsOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import type { Rule } from './rule.ts';

export const sameOut: Rule = {
  code: 'CRISOL122',
  severity: 'error',
  title: 'Two steps write the same out',
  check(view) {
    const first = new Map<string, Writer>();
    const findings: Finding[] = [];
    for (const { name, writes } of soundPathsOf(view)) {
      for (const place of writes) {
        const earlier = first.get(place.value);
        if (!earlier) first.set(place.value, { step: name, place });
        else if (earlier.step !== name && isHere(view, name) && !hasExpression(place.value)) {
          findings.push(twice(name, place, earlier, view));
        }
      }
    }
    return findings;
  },
};

function twice(name: string, { value, range }: Located<string>, { step, place }: Writer, view: FileView): Finding {
  return {
    range,
    message: `\`${step}\` writes \`${value}\` too: give \`${name}\` an out of its own.`,
    related: [placeOfStep(view, step, place.range, `${step} writes it here.`)],
  };
}
