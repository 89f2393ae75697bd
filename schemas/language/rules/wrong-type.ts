import type { Finding } from '../diagnostic.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Shape } from '../grammar/shape.ts';
import type { LineIndex } from '../positions.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { isNothing } from '../syntax/tree.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { inWords } from './words.ts';

export const wrongType: Rule = {
  code: 'CRISOL114',
  severity: 'error',
  title: 'Wrong type',
  check: ({ mismatches, lines }) =>
    mismatches.flatMap((mismatch) => {
      return mismatch.kind === 'wrong-type' ? [describe(mismatch.node, mismatch.shape, mismatch.entry, lines)] : [];
    }),
};

function describe(node: TreeNode, shape: Shape, entry: Entry | null, lines: LineIndex): Finding {
  const name = entry ? `\`${entry.key}\`` : 'This file';
  const empty = isNothing(node);
  const ownRange = lines.range(node.span);
  const isBlock = ownRange.start.line !== ownRange.end.line;
  const range = (empty || isBlock) && entry ? lines.range(entry.keySpan) : ownRange;
  const message = empty
    ? `${name} has no value: give it ${inWords(shape)}, or remove the key.`
    : `${name} takes ${inWords(shape)}, not ${kindOf(node)}.`;
  return { range, message, fixes: fixFor(node, shape, lines) };
}

function kindOf(node: TreeNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? `${value}` : 'a text';
}

/** Quotes on or off, a word of YAML 1.1, a sign of percent: where that is all. */
function fixFor(node: TreeNode, shape: Shape, lines: LineIndex): Finding['fixes'] {
  if (node.kind !== 'scalar' || isNothing(node)) return undefined;
  const options = shape.anyOf ?? [shape];
  const types = options.map((option) => option.type);
  const wantsNumber = types.includes('number') || types.includes('integer');
  if (node.quoted && wantsNumber && /^-?\d+(\.\d+)?$/.test(node.text)) {
    return [replacement(lines.range(node.span), node.text)];
  }
  const isText = (option: Shape) =>
    option.type === 'string' && (!option.format || FORMATS[option.format].accepts(node.text));
  const word = types.includes('boolean') && !node.quoted ? OLD_WORDS[node.text.toLowerCase()] : undefined;
  if (word !== undefined) return [replacement(lines.range(node.span), word)];
  const share = `${node.text}%`;
  if (options.some(({ format }) => format === 'percentage') && FORMATS.percentage.accepts(share)) {
    return [replacement(lines.range(node.span), share)];
  }
  const wantsText = typeof node.value !== 'string' && options.some(isText);
  return wantsText ? [replacement(lines.range(node.span), `"${node.text}"`)] : undefined;
}

/** Texts here, and truth values to older tools. */
const OLD_WORDS: Readonly<Record<string, string | undefined>> = {
  yes: 'true',
  on: 'true',
  no: 'false',
  off: 'false',
};
