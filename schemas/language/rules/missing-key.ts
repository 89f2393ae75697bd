import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { BUILT_IN_STEPS, isBuiltInStep } from '../grammar/built-in-steps.ts';
import { shapeOf } from '../grammar/shape.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { eachUnlessClean } from './clean.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

export const missingKey: Rule = {
  code: 'CRISOL113',
  severity: 'error',
  title: 'Required key missing',
  check: (view) => [...withoutKeys(view), ...withoutSettings(stepEntries(view), view)],
};

function withoutKeys({ mismatches, lines }: FileView): Finding[] {
  return mismatches.flatMap((mismatch) => {
    // the version has a rule of its own
    if (mismatch.kind !== 'missing-key' || !mismatch.owner) return [];
    const { owner, keys } = mismatch;
    return [
      {
        range: lines.range(owner.keySpan),
        message: `\`${owner.key}\` needs ${quotedList(keys, 'and')}: add ${it(keys)}.`,
      },
    ];
  });
}

const withoutSettings = eachUnlessClean(withoutAny);

/** `uses: train` without any `with`. */
function withoutAny(step: Entry, { lines, misspelt }: FileView): Finding[] {
  const uses = findEntry(step.value, 'uses')?.value;
  const name = uses?.kind === 'scalar' && typeof uses.value === 'string' ? uses.value : '';
  const partial = step.damaged || (step.value.kind === 'map' && step.value.partial);
  if (!uses || partial || findEntry(step.value, 'with') || !isBuiltInStep(name)) return [];
  if (misspelt.get(step.value)?.has('with')) return [];
  const required = shapeOf(BUILT_IN_STEPS[name]).required ?? [];
  if (required.length === 0) return [];
  return [
    {
      range: lines.range(uses.span),
      message: `\`${name}\` needs \`with\`: add it with ${quotedList(required, 'and')}.`,
    },
  ];
}

const it = (keys: readonly string[]) => (keys.length === 1 ? 'it' : 'them');
