import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { BUILT_IN_NAMES, isBuiltInStep } from '../grammar/built-in-steps.ts';
import { closest } from '../suggest.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { eachUnlessClean } from './clean.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

export const unknownBuiltIn: Rule = {
  code: 'CRISOL123',
  severity: 'error',
  title: 'Unknown built-in step',
  check: (view) => checkSteps(stepEntries(view), view),
};

const checkSteps = eachUnlessClean(checkOne);

function checkOne(step: Entry, { lines }: FileView): Finding[] {
  const uses = findEntry(step.value, 'uses');
  if (!uses || step.damaged || uses.value.kind === 'unknown') return [];
  const { value } = uses;
  const name = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : null;
  if (name !== null && isBuiltInStep(name)) return [];
  const known = quotedList(BUILT_IN_NAMES);
  const meant = name === null ? null : closest(name, BUILT_IN_NAMES);
  const range = lines.range(name === null ? uses.keySpan : value.span);
  if (name === null) return [{ range, message: `\`uses\` takes the name of a built-in step: ${known}.` }];
  const advice = meant ? `did you mean \`${meant}\`?` : `use ${known}, or a command with \`run\`.`;
  return [
    {
      range,
      message: `There is no built-in step \`${name}\`: ${advice}`,
      fixes: meant ? [replacement(range, meant)] : undefined,
    },
  ];
}
