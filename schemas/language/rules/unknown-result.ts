import { expressionsNaming } from '../check/expressions-naming.ts';
import { matrixOf } from '../check/step-matrix.ts';
import { knowsAllOf, stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { Reference } from '../expressions/references.ts';
import { isOneExpression } from '../expressions/template.ts';
import { isBuiltInStep } from '../grammar/built-in-steps.ts';
import { settingsShape } from '../grammar/settings.ts';
import type { Shape } from '../grammar/shape.ts';
import { LATER_STEP_FIELDS, STEP_FIELDS } from '../plan/scope.ts';
import type { Range, Span } from '../positions.ts';
import { closest } from '../suggest.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { isPlainName, replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

const FIELDS: readonly string[] = [...STEP_FIELDS, ...LATER_STEP_FIELDS];

export const unknownResult: Rule = {
  code: 'CRISOL146',
  severity: 'error',
  title: 'Unknown out or setting of a step',
  check(view) {
    if (!knowsAllOf(view, 'steps')) return [];
    const referring = expressionsNaming(view, 'steps').filter(({ use }) => use !== 'none');
    if (referring.length === 0) return [];
    const steps = new Map(stepEntries(view).map((step) => [step.key, step]));
    return referring.flatMap((one) =>
      one.references.filter(isOfStep).flatMap((reference) => {
        const step = steps.get(String(reference.path[1]));
        return step && isReadable(step) ? describe(reference, step, (span) => view.lines.range(one.spanOf(span))) : [];
      }),
    );
  },
};

const isOfStep = ({ path, hasDefault }: Reference): boolean => path[0] === 'steps' && path.length > 1 && !hasDefault;

const isReadable = ({ damaged, value }: Entry): boolean => !damaged && value.kind === 'map' && !value.partial;

function describe(reference: Reference, step: Entry, rangeOf: (span: Span) => Range): Finding[] {
  const { path, spans, span, open } = reference;
  const [, , field, key] = path;
  const [, , fieldSpan, keySpan] = spans;
  if (field === undefined || !fieldSpan) {
    const message = `Say what of \`${step.key}\`: \`outs[0]\`, \`with.KEY\` or \`metrics.NAME\`.`;
    return open ? [] : [{ range: rangeOf(span), message }];
  }
  if (field === 'best') return describeBest(reference, step, rangeOf);
  if (field === 'status' && keySpan) {
    return [{ range: rangeOf(keySpan), message: `\`status\` is a word: leave out what follows.` }];
  }
  if (!FIELDS.includes(String(field))) return unknownField(String(field), rangeOf(fieldSpan));
  if (key === undefined || !keySpan) return [];
  return unknownIn(field, step, key, rangeOf(keySpan));
}

/** `steps.NAME.best…`: of its best variant an out, a metric, a value of the matrix, or a setting. */
function describeBest({ path, spans, span, open }: Reference, step: Entry, rangeOf: (span: Span) => Range): Finding[] {
  const [field, key] = path.slice(3);
  const [fieldSpan, keySpan] = spans.slice(3);
  if (field === undefined || !fieldSpan) {
    const message = `Say what of the best: \`outs[0]\`, \`metrics.NAME\`, \`matrix.KEY\` or a setting.`;
    return open ? [] : [{ range: rangeOf(span), message }];
  }
  if (field === 'matrix') return unknownValue(step, key, rangeOf(keySpan ?? fieldSpan));
  if (field !== 'outs' && field !== 'with' && field !== 'metrics') {
    return isModel(step, field) ? [] : unknownSetting(step, String(field), rangeOf(fieldSpan));
  }
  return key === undefined || !keySpan ? [] : unknownIn(field, step, key, rangeOf(keySpan));
}

function unknownIn(field: string | number, step: Entry, key: string | number, range: Range): Finding[] {
  if (field === 'outs') return unknownOut(step, key, range);
  return field === 'with' ? unknownSetting(step, String(key), range) : [];
}

/** What `train` makes has a name of its own; of a misspelt step nobody knows what it makes. */
const isModel = ({ value }: Entry, field: string | number): boolean => {
  const uses = findEntry(value, 'uses')?.value;
  if (field !== 'model' || uses?.kind !== 'scalar' || typeof uses.value !== 'string') return false;
  if (!isBuiltInStep(uses.value)) return true;
  return uses.value === 'train' && findEntry(findEntry(value, 'with')?.value, 'out') !== undefined;
};

function unknownValue(step: Entry, key: string | number | undefined, range: Range): Finding[] {
  const matrix = matrixOf(step);
  if (matrix === 'none') return [{ range, message: `\`${step.key}\` has no \`matrix\`: name an out or a setting.` }];
  if (!matrix?.keys || key === undefined || matrix.keys.has(String(key))) return [];
  const meant = closest(String(key), matrix.keys);
  const advice = meant ? `did you mean \`${meant}\`?` : `it has ${quotedList([...matrix.keys], 'and')}.`;
  const fixes = meant && isPlainName(meant) ? [replacement(range, meant)] : undefined;
  return [{ range, message: `The matrix of \`${step.key}\` has no \`${key}\`: ${advice}`, fixes }];
}

/** What others call `status`. */
const STATUS_ELSEWHERE = ['result', 'outcome', 'conclusion', 'state'];

function unknownField(field: string, range: Finding['range']): Finding[] {
  const meant = STATUS_ELSEWHERE.includes(field) ? 'status' : closest(field, FIELDS);
  const advice = meant ? `did you mean \`${meant}\`?` : `it has ${quotedList(FIELDS, 'and')}.`;
  return [
    { range, message: `A step has no \`${field}\`: ${advice}`, fixes: meant ? [replacement(range, meant)] : undefined },
  ];
}

function unknownOut(step: Entry, key: string | number, range: Finding['range']): Finding[] {
  const outs = findEntry(step.value, 'outs');
  const count = countOf(outs);
  if (count === null || (typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < count)) return [];
  if (count === 0) return [{ range, message: `\`${step.key}\` has no \`outs\`: ${whereElse(step)}` }];
  const last = count === 1 ? '`outs[0]` alone' : `\`outs[0]\` to \`outs[${count - 1}]\``;
  return [{ range, message: `\`${step.key}\` has ${last}: correct the number.` }];
}

const ANY: Shape = {};

/** What a built-in step writes is among its settings. */
function whereElse({ key, value }: Entry): string {
  const { properties = {} } = settingsShape(ANY, value);
  const settings = findEntry(value, 'with')?.value;
  const written = settings?.kind === 'map' ? settings.entries.filter((one) => properties[one.key]?.path === 'out') : [];
  if (written.length === 0) return 'list what it writes there first.';
  return `write ${quotedList(written.map((one) => `steps.${key}.with.${one.key}`))}.`;
}

/** Null where nobody can tell. */
function countOf(outs: Entry | undefined): number | null {
  if (!outs) return 0;
  if (outs.damaged || outs.value.kind === 'unknown' || outs.value.kind === 'map') return null;
  if (outs.value.kind === 'list') return outs.value.items.every(isOneOut) ? outs.value.items.length : null;
  return outs.value.value !== null && isOneOut(outs.value) ? 1 : null;
}

/** An expression may stand for several. */
const isOneOut = (node: TreeNode): boolean =>
  node.kind === 'scalar' && !(typeof node.value === 'string' && isOneExpression(node.value));

function unknownSetting(step: Entry, key: string, range: Finding['range']): Finding[] {
  const settings = findEntry(step.value, 'with');
  if (settings && (settings.damaged || settings.value.kind !== 'map' || settings.value.partial)) return [];
  const keys = settings?.value.kind === 'map' ? settings.value.entries.map((entry) => entry.key) : [];
  if (keys.includes(key) || isToldAsMissing(step, key)) return [];
  const meant = closest(key, keys);
  const advice = meant ? `did you mean \`${meant}\`?` : 'set it there, or correct the name.';
  const fixes = meant && isPlainName(meant) ? [replacement(range, meant)] : undefined;
  return [{ range, message: `\`${step.key}\` sets no \`${key}\`: ${advice}`, fixes }];
}

/** What a built-in step needs is asked for at the step itself. */
const isToldAsMissing = ({ value }: Entry, key: string): boolean =>
  settingsShape(ANY, value).required?.includes(key) ?? false;
