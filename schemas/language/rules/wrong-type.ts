import type { Mismatch } from '../check/mismatch.ts';
import { isWithin } from '../check/structure.ts';
import type { FileView } from '../check/view.ts';
import { definedNames } from '../check/whole.ts';
import type { Finding, Fix } from '../diagnostic.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Shape } from '../grammar/shape.ts';
import type { ScalarNode, TreeNode } from '../syntax/tree.ts';
import { isNothing } from '../syntax/tree.ts';
import { isTagged } from '../syntax/written.ts';
import { isAmount, MEANT_AMOUNTS } from '../values/meant-amount.ts';
import { replacement, valueInstead } from './fixes.ts';
import type { Rule } from './rule.ts';
import { inWords } from './words.ts';

export const wrongType: Rule = {
  code: 'CRISOL114',
  severity: 'error',
  title: 'Wrong type',
  check: (view) =>
    view.mismatches.flatMap((mismatch) => (mismatch.kind === 'wrong-type' ? [describe(mismatch, view)] : [])),
};

function describe({ node, shape, entry }: Extract<Mismatch, { kind: 'wrong-type' }>, view: FileView): Finding {
  const { lines } = view;
  const name = entry ? `\`${entry.key}\`` : 'This file';
  const empty = isNothing(node);
  const ownRange = lines.range(node.span);
  const isBlock = ownRange.start.line !== ownRange.end.line;
  const range = (empty || isBlock) && entry ? lines.range(entry.keySpan) : ownRange;
  const message = empty
    ? `${name} has no value: give it ${inWords(shape)}, or remove the key.`
    : `${name} takes ${inWords(shape)}, not ${kindOf(node)}.`;
  return { range, message, fixes: fixFor(node, shape, view) };
}

function kindOf(node: TreeNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? `${value}` : 'a text';
}

/** Quotes on or off, a word of YAML 1.1, a unit: where that is all, and the value fits then. */
function fixFor(node: TreeNode, shape: Shape, view: FileView): Fix[] | undefined {
  if (node.kind !== 'scalar' || isNothing(node) || isTagged(node, view.text)) return undefined;
  const range = view.lines.range(node.span);
  const options = shape.anyOf ?? [shape];
  const bare = options.map((option) => withoutQuotes(node, option)).find((word) => word !== null);
  if (bare !== undefined) return [replacement(range, bare)];
  const amounts = options.flatMap(({ format = '' }) => (isAmount(format) ? MEANT_AMOUNTS[format](node.text) : []));
  if (amounts.length > 0) return amounts.map((amount) => valueInstead(range, amount));
  const wantsText = typeof node.value !== 'string' && options.some((option) => isText(node.text, option, view));
  return wantsText ? [replacement(range, `"${node.text}"`)] : undefined;
}

function withoutQuotes({ quoted, text }: ScalarNode, option: Shape): string | null {
  const { type } = option;
  if (type === 'boolean') return (quoted ? TRUTHS : OLD_WORDS)[text.toLowerCase()] ?? null;
  if (!quoted || !(type === 'number' || type === 'integer') || !/^-?\d+(\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  return isWithin(value, option) && (type === 'number' || Number.isInteger(value)) ? text : null;
}

function isText(text: string, { type, format, names }: Shape, view: FileView): boolean {
  if (type !== 'string' || (format && !FORMATS[format].accepts(text))) return false;
  // quotes are no help where nothing is called so
  return !names || definedNames(view, names).has(text);
}

const TRUTHS: Readonly<Record<string, string | undefined>> = { true: 'true', false: 'false' };
/** Texts here, and truth values to older tools. */
const OLD_WORDS: Readonly<Record<string, string | undefined>> = {
  yes: 'true',
  on: 'true',
  no: 'false',
  off: 'false',
};
