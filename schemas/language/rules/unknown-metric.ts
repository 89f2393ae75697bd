import { byBlock } from '../blocks.ts';
import { expressionsNaming } from '../check/expressions-naming.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf, stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { makesMetric, metricNamesOf } from '../grammar/built-in-metrics.ts';
import type { BuiltInStep } from '../grammar/built-in-steps.ts';
import { isBuiltInStep } from '../grammar/built-in-steps.ts';
import type { StepModel } from '../model.ts';
import type { Span } from '../positions.ts';
import { closest } from '../suggest.ts';
import type { Entry, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { writtenSpan } from '../syntax/written.ts';
import { parseGoal } from '../values/goal.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';

/** Only of built-in steps it is known which metrics they make: where a command may make others, nothing is said. */
export const unknownMetric: Rule = {
  code: 'CRISOL150',
  severity: 'warning',
  title: 'A metric that no step makes',
  check: (view) => [...namedInExpressions(view), ...namedInSections(view)],
};

function namedInExpressions(view: FileView): Finding[] {
  const naming = expressionsNaming(view, 'steps');
  if (naming.length === 0) return [];
  const steps = new Map(view.model.steps.map((step) => [step.name, step]));
  return naming.flatMap((one) =>
    one.references.flatMap(({ path: [context, name, ...rest], spans, hasDefault }): Finding[] => {
      const at = rest[0] === 'best' ? 1 : 0;
      const [field, metric] = rest.slice(at);
      const uses = context === 'steps' && field === 'metrics' ? steps.get(String(name)) : undefined;
      const span = spans[3 + at];
      if (hasDefault || metric === undefined || !span || !uses || uses.damaged || uses.run || !uses.uses) return [];
      const step = uses.uses.value;
      if (!isBuiltInStep(step) || makesMetric(step, String(metric))) return [];
      const maker = `\`${String(name)}\``;
      return [unknown(String(metric), [step], view.lines.range(one.spanOf(span)), maker)];
    }),
  );
}

function namedInSections(view: FileView): Finding[] {
  const variants = bestOfSteps(view);
  const steps = allBuiltIn(view);
  if (!steps) return variants;
  const others = [...gates(view), ...goals(view)].flatMap(({ metric, span }) => {
    // what has a dot is measured apart from the steps: `bias.…`
    if (metric.includes('.') || steps.some((step) => makesMetric(step, metric))) return [];
    return [unknown(metric, steps, view.lines.range(span), 'the pipeline')];
  });
  return [...variants, ...others];
}

/** `best: maximize METRIC` of built-in steps. */
function bestOfSteps(view: FileView): Finding[] {
  return bestIn(view.model.steps).flatMap(({ name, best, uses }) => {
    const goal = best && parseGoal(best.value);
    if (!goal || !uses || !isBuiltInStep(uses.value) || makesMetric(uses.value, goal.metric)) return [];
    return [unknown(goal.metric, [uses.value], best.range, `\`${name}\``, best.value)];
  });
}

const bestIn = byBlock((steps: readonly StepModel[]) => steps.filter(({ best, damaged }) => best && !damaged));

/** The built-in steps of the file, where there are no others and all are known. */
function allBuiltIn(view: FileView): BuiltInStep[] | null {
  const { model, root, role } = view;
  if (role === 'part' || findEntry(root, 'include') || !knowsAllOf(view, 'steps') || model.steps.length === 0)
    return null;
  const names = worksOf(stepEntries(view));
  return names.every(isBuiltInStep) && names.includes('evaluate') ? names : null;
}

/** Each once in its block. */
const worksOf = byBlock((steps: readonly Entry[]) => [
  ...new Set(steps.map(({ value }) => textOf(findEntry(value, 'uses')?.value) ?? '')),
]);

interface NamedMetric {
  metric: string;
  span: Span;
}

/** Of models that the pipeline registers itself: others are registered elsewhere. */
function gates({ root, model, text }: FileView): NamedMetric[] {
  const registered = new Set(model.steps.map((step) => step.with.name));
  return entriesOf(findEntry(root, 'models')?.value)
    .filter(({ key }) => registered.has(key))
    .flatMap(({ value }) => entriesOf(findEntry(value, 'promote')?.value))
    .flatMap(({ value }) => itemsOf(findEntry(value, 'gates')?.value))
    .flatMap((gate) => named(findEntry(gate, 'metric')?.value, text));
}

function named(node: TreeNode | undefined, text: string): NamedMetric[] {
  const metric = textOf(node);
  return metric === null || node?.kind !== 'scalar' || metric.includes('$')
    ? []
    : [{ metric, span: spanOf(node, text) }];
}

function goals({ root, text }: FileView): NamedMetric[] {
  return entriesOf(findEntry(root, 'sweeps')?.value).flatMap(({ value }) => {
    const node = findEntry(value, 'goal')?.value;
    const goal = textOf(node);
    const parsed = goal === null || goal.includes('$') ? null : parseGoal(goal);
    if (!parsed || node?.kind !== 'scalar') return [];
    const [start, end] = spanOf(node, text);
    const isWritten = text.slice(start, end).endsWith(parsed.metric);
    return [{ metric: parsed.metric, span: isWritten ? [end - parsed.metric.length, end] : node.span }];
  });
}

const spanOf = (node: ScalarNode, text: string): Span => writtenSpan(node, text) ?? node.span;

/** `written`: all that stands at the place, where that is more than the metric. */
function unknown(
  metric: string,
  steps: readonly BuiltInStep[],
  range: Finding['range'],
  maker: string,
  written = metric,
): Finding {
  const known = [...new Set(steps.flatMap(metricNamesOf))];
  const meant = closest(metric, known);
  const none = known.length === 0 ? 'it makes none.' : `it makes ${known.join(', ')}.`;
  const message = `No metric \`${metric}\` comes from ${maker}: ${meant ? `did you mean \`${meant}\`?` : none}`;
  return { range, message, fixes: meant ? [replacement(range, written.replace(metric, meant))] : undefined };
}

const textOf = (node: TreeNode | undefined): string | null =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
const entriesOf = (node: TreeNode | undefined): Entry[] =>
  node?.kind === 'map' ? node.entries.filter(({ damaged }) => !damaged) : [];
const itemsOf = (node: TreeNode | undefined): TreeNode[] => (node?.kind === 'list' ? node.items : []);
