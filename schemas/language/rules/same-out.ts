import type { FileView } from '../check/view.ts';
import type { Writer } from '../check/whole.ts';
import { isHere, onceForAll, placeOfStep, soundPathsIn } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import type { Rule } from './rule.ts';

export const sameOut: Rule = {
  code: 'CRISOL122',
  severity: 'error',
  title: 'Two steps write the same out',
  check: (view) =>
    writtenTwice(view)
      .filter(({ step }) => isHere(view, step))
      .map(({ step, place, earlier }) => twice(step, place, earlier, view)),
};

const writtenTwice = onceForAll((whole) => {
  const first = new Map<string, Writer>();
  const again: (Writer & { earlier: Writer })[] = [];
  for (const { name: step, writes } of soundPathsIn(whole)) {
    for (const place of writes) {
      const earlier = first.get(place.value);
      if (!earlier) first.set(place.value, { step, place });
      else if (earlier.step !== step && !hasExpression(place.value)) again.push({ step, place, earlier });
    }
  }
  return again;
});

function twice(name: string, { value, range }: Located<string>, { step, place }: Writer, view: FileView): Finding {
  return {
    range,
    message: `\`${step}\` writes \`${value}\` too: give \`${name}\` an out of its own.`,
    related: [placeOfStep(view, step, place.range, `${step} writes it here.`)],
  };
}
