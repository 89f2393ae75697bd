import { blocksOf, byBlock } from '../blocks.ts';
import { expressionsNaming } from '../check/expressions-naming.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { Reference } from '../expressions/references.ts';
import { hasExpression } from '../expressions/template.ts';
import type { JsonObject } from '../json.ts';
import type { Located, StepModel } from '../model.ts';
import { isParam } from '../params.ts';
import type { LineIndex } from '../positions.ts';
import { remembered } from '../remembered.ts';
import { isPlainName, replacement } from './fixes.ts';
import { leadsNowhere, lostIn, paramsOfTriggers } from './lost-params.ts';
import type { Rule } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';

export const unknownParam: Rule = {
  code: 'CRISOL126',
  severity: 'error',
  title: 'Unknown param',
  check(view) {
    const { params } = wholeOf(view);
    // params in files that were not read are not known
    if (params === null || !knowsAllOf(view, 'params')) return [];
    return [...inExpressions(view, params), ...inLists(view, params)];
  },
};

function inExpressions(view: FileView, params: JsonObject): Finding[] {
  const found: Finding[] = [];
  const sound = soundOf(params);
  for (const block of blocksOf(expressionsNaming(view, 'params'))) {
    if (sound.has(block)) continue;
    const lost = block.flatMap((one) => lostWithin(one, params));
    if (lost.length === 0) sound.add(block);
    for (const { reference, one } of lost.slice(0, MOST_FINDINGS))
      found.push(describe(reference, one, { params, lines: view.lines }));
    if (found.length > MOST_FINDINGS) break;
  }
  return found;
}

/** What leads to these params does so as long as they are there. */
const soundOf = remembered((_: JsonObject) => new WeakSet<readonly PlacedExpression[]>());

interface Told {
  params: JsonObject;
  lines: LineIndex;
}

const lostWithin = (one: PlacedExpression, params: JsonObject) =>
  one.use === 'none'
    ? []
    : one.references.filter((reference) => leadsNowhere(reference, params)).map((reference) => ({ one, reference }));

function describe({ path, spans, span }: Reference, one: PlacedExpression, { params, lines }: Told): Finding {
  const { at, meant, message } = lostIn(path, params);
  const range = lines.range(one.spanOf(spans[at] ?? span));
  return { range, message, fixes: meant && isPlainName(meant) ? [replacement(range, meant)] : undefined };
}

/** Those that a step says it depends on, and that a trigger gives or takes. */
function inLists({ model }: FileView, params: JsonObject): Finding[] {
  return [...listedIn(model.steps), ...paramsOfTriggers(model.triggers)]
    .filter(({ value }) => !isParam(value, params))
    .slice(0, MOST_FINDINGS)
    .map((listed) => inList(listed, params));
}

const listedIn = byBlock((steps: readonly StepModel[]) =>
  steps.flatMap((step) => (step.damaged ? [] : step.params.filter(({ value }) => !hasExpression(value)))),
);

function inList({ value, range }: Located<string>, params: JsonObject): Finding {
  const path = ['params', ...value.split('.')];
  const { at, meant, message } = lostIn(path, params);
  const name = meant === null ? '' : path.with(at, meant).slice(1).join('.');
  return { range, message, fixes: isParam(name, params) ? [replacement(range, name)] : undefined };
}
