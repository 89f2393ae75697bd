import { byBlock } from '../blocks.ts';
import { expressionsNaming } from '../check/expressions-naming.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf } from '../check/view.ts';
import { onceForAll } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { Reference } from '../expressions/references.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Located, StepModel } from '../model.ts';
import { isPlainText } from '../names/rename.ts';
import type { Range } from '../positions.ts';
import { isPlainName } from './fixes.ts';
import type { Rule } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';
import { unknownName, unknownNamesOf } from './unknown-name.ts';

export const unknownStep: Rule = {
  code: 'CRISOL120',
  severity: 'error',
  title: 'Unknown step',
  check(view) {
    if (!knowsAllOf(view, 'steps')) return [];
    return [...inNeeds(view), ...inExpressions(view), ...inSweeps(view), ...inTriggers(view)];
  },
};

const stepsOf = onceForAll(({ model }) => {
  const names = model.steps.map((step) => step.name);
  return { names, known: new Set(names) };
});

const inSweeps = (view: FileView): Finding[] => unknownNamesOf('step', 'steps', view, { within: 'sweeps' });

/** A trigger may run a variant alone: `train (3, gbdt)`. */
function inTriggers(view: FileView): Finding[] {
  const { known } = stepsOf(view);
  const isKnown = (name: string) => known.has(name.slice(0, Math.max(0, name.indexOf(' ('))));
  return unknownNamesOf('step', 'steps', view, { within: 'on', isKnown });
}

const needsOf = byBlock((steps: readonly StepModel[]) =>
  steps.flatMap(({ name, needs, damaged }) => (damaged ? [] : needs.map((need) => ({ name, need })))),
);

function inNeeds(view: FileView): Finding[] {
  const needed = needsOf(view.model.steps);
  if (needed.length === 0) return [];
  const { names, known } = stepsOf(view);
  const unknown = needed.filter(({ need }) => !known.has(need.value)).slice(0, MOST_FINDINGS);
  return unknown.map(
    ({ name, need }) => notOneStep(need, known, view) ?? unknownName('step', need, without(names, name)),
  );
}

/** `needs: a, b` as some write lists, and expressions, which nobody fills in here. */
function notOneStep({ value, range }: Located<string>, known: ReadonlySet<string>, view: FileView): Finding | null {
  if (hasExpression(value)) {
    return { range, message: 'Expressions are not filled in here: name the steps themselves.' };
  }
  const names = value.trim().split(/\s*,\s*|\s+/);
  if (names.length < 2 || !names.every((name) => known.has(name))) return null;
  const meant = `[${names.join(', ')}]`;
  const isWhole = names.every(isPlainText) && !isInList(range, view);
  const fixes = isWhole ? [{ title: `Change to \`${meant}\``, edits: [{ range, newText: meant }] }] : undefined;
  return { range, message: `\`${value}\` is one text: write a list of steps, \`${meant}\`.`, fixes };
}

/** In a list of its own each name stands alone. */
const isInList = ({ start }: Range, { lines, text }: FileView): boolean => {
  const before = text.slice(lines.lineSpan(start.line)[0], lines.offset(start));
  return !/needs["']?\s*:\s*(?:&\S+\s+)?$/.test(before);
};

function inExpressions(view: FileView): Finding[] {
  const referring = expressionsNaming(view, 'steps').filter(({ use }) => use !== 'none');
  if (referring.length === 0) return [];
  const { names, known } = stepsOf(view);
  return referring
    .flatMap((one) => one.references.filter(leadsNowhere(known)).map((reference) => ({ one, reference })))
    .slice(0, MOST_FINDINGS)
    .flatMap(({ one, reference }) => unknownIn(reference, one, names, view));
}

const leadsNowhere =
  (known: ReadonlySet<string>) =>
  ({ path: [context, name], hasDefault }: Reference): boolean =>
    context === 'steps' && !hasDefault && name !== undefined && !known.has(String(name));

function unknownIn(
  { path: [, name], spans }: Reference,
  one: PlacedExpression,
  names: readonly string[],
  { lines }: FileView,
): Finding[] {
  const span = spans[1];
  if (!span) return [];
  const found = unknownName('step', { value: String(name), range: lines.range(one.spanOf(span)) }, names);
  const isSayable = found.fixes?.every(({ edits }) => edits.every(({ newText }) => isPlainName(newText)));
  return [isSayable ? found : { ...found, fixes: undefined }];
}

/** Not a list: of thousands only the first are looked at. */
function* without(names: readonly string[], one: string): Generator<string> {
  for (const name of names) if (name !== one) yield name;
}
