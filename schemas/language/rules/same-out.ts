import { soundPaths } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import type { Rule } from './rule.ts';

export const sameOut: Rule = {
  code: 'CRISOL122',
  severity: 'error',
  title: 'Two steps write the same out',
  check(view) {
    const first = new Map<string, { step: string; place: Located<string> }>();
    const findings: Finding[] = [];
    for (const { name, writes } of soundPaths(view)) {
      for (const place of writes) {
        const earlier = first.get(place.value);
        if (!earlier) first.set(place.value, { step: name, place });
        else if (earlier.step !== name && !hasExpression(place.value)) findings.push(twice(name, place, earlier));
      }
    }
    return findings;
  },
};

function twice(
  name: string,
  { value, range }: Located<string>,
  earlier: { step: string; place: Located<string> },
): Finding {
  return {
    range,
    message: `\`${earlier.step}\` writes \`${value}\` too: give \`${name}\` an out of its own.`,
    related: [{ range: earlier.place.range, message: `${earlier.step} writes it here.` }],
  };
}
