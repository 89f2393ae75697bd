import { byBlock } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import { isHere, placeOfStep, soundPathsOf } from '../check/whole.ts';
import type { Writer } from '../check/writers.ts';
import { writersOf } from '../check/writers.ts';
import type { Finding } from '../diagnostic.ts';
import type { Located } from '../model.ts';
import { clashInWords } from '../plan/clashes.ts';
import type { Clash, StepPaths } from '../plan/written-paths.ts';
import type { Rule } from './rule.ts';

export const sameOut: Rule = {
  code: 'CRISOL122',
  severity: 'error',
  title: 'Two steps write the same out',
  check: (view) => [
    ...writersOf(view)
      .again.filter(({ step }) => isHere(view, step))
      .map(({ step, place, earlier }) => twice(step, place, earlier, view)),
    ...clashing(soundPathsOf(view)).flatMap(({ name, clashes }) => (isHere(view, name) ? clashes.map(ofVariants) : [])),
  ],
};

const clashing = byBlock((steps: readonly StepPaths[]) => steps.filter(({ clashes }) => clashes.length > 0));

const ofVariants = (clash: Clash): Finding => ({
  range: clash.path.range,
  message: `${clashInWords(clash)} Put what differs into the path: \`\${{ matrix.… }}\`.`,
});

function twice(name: string, { value, range }: Located<string>, { step, place }: Writer, view: FileView): Finding {
  return {
    range,
    message: `\`${step}\` writes \`${value}\` too: give \`${name}\` an out of its own.`,
    related: [placeOfStep(view, step, place.range, `${step} writes it here.`)],
  };
}
