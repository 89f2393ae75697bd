import { byBlock } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import type { Finding, Fix } from '../diagnostic.ts';
import type { Entry, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';

/**
 * Values without quotes that are not what they look like. Only where any value may stand: where a text or a number is asked
 * for, the grammar says so already. What is read as it looks (`22:22`, `2024-01-01`, `1e-3`) is no surprise.
 */
export const yamlSurprise: Rule = {
  code: 'CRISOL147',
  severity: 'warning',
  title: 'A plain value that is read otherwise',
  check: (view) => freeValues(view).flatMap(({ node, key }) => describe(node, key, view)),
};

interface FreeValue {
  node: ScalarNode;
  /** of the entry that it belongs to */
  key: string;
}

function freeValues({ root }: FileView): FreeValue[] {
  const steps = findEntry(root, 'steps')?.value;
  const matrices = matricesIn(steps?.kind === 'map' ? steps.entries : []);
  const ranges = own(findEntry(root, 'sweeps')?.value).flatMap(({ value }) => own(findEntry(value, 'space')?.value));
  const choices = ranges.map(({ value }) => findEntry(value, 'choice'));
  const seen = new Set<TreeNode>();
  return [findEntry(root, 'params'), ...matrices, ...choices].flatMap((entry) =>
    entry && !entry.damaged ? scalarsIn(entry.value, entry.key, seen) : [],
  );
}

const matricesIn = byBlock((steps: readonly Entry[]) =>
  steps.flatMap(({ damaged, value }) => (damaged ? [] : (findEntry(value, 'matrix') ?? []))),
);

function scalarsIn(node: TreeNode, key: string, seen: Set<TreeNode>): FreeValue[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.kind === 'list') return node.items.flatMap((item) => scalarsIn(item, key, seen));
  if (node.kind === 'map') return own(node).flatMap((entry) => scalarsIn(entry.value, entry.key, seen));
  return node.kind === 'scalar' && !node.quoted ? [{ node, key }] : [];
}

const own = (node: TreeNode | undefined): Entry[] =>
  node?.kind === 'map' ? node.entries.filter(({ damaged }) => !damaged) : [];

interface Surprise {
  message: string;
  /** what may have been meant, the likeliest first */
  meant: readonly string[];
}

function describe(node: ScalarNode, key: string, { lines, text }: FileView): Finding[] {
  // an alias has its text elsewhere, and is told there
  const surprise = text.charAt(node.span[0]) === '*' ? null : surpriseOf(node, key);
  if (!surprise) return [];
  const range = lines.range(node.span);
  const fixes: Fix[] = surprise.meant.map((word) => replacement(range, word));
  return [{ range, message: surprise.message, fixes }];
}

function surpriseOf({ value, text }: ScalarNode, key: string): Surprise | null {
  if (typeof value === 'string') return asText(text);
  return typeof value === 'number' ? asNumber(value, text, key) : null;
}

const TRUE = /^(?:yes|on)$/i;
const FALSE = /^(?:no|off)$/i;

function asText(text: string): Surprise | null {
  if (TRUE.test(text) || FALSE.test(text)) {
    const meant = String(TRUE.test(text));
    const message = `\`${text}\` is a text here, and a text counts as true: write \`${meant}\`, or put it in quotes.`;
    return { message, meant: [meant, quoted(text)] };
  }
  if (/^[-+]?\d{1,3}(?:_\d{3})+$/.test(text)) {
    const meant = text.replaceAll('_', '');
    return {
      message: `\`${text}\` is a text here: write \`${meant}\`, or put it in quotes.`,
      meant: [meant, quoted(text)],
    };
  }
  return null;
}

/** Keys whose value is a version, whatever it looks like. */
const VERSION = /(?:^|[_.-])(?:versions?|python|node|java|ruby|golang|cuda|release)$/i;

function asNumber(value: number, text: string, key: string): Surprise | null {
  const isOctal = /^[-+]?0o/.test(text);
  if (/^[-+]?0\d+$/.test(text) || isOctal) {
    const message = `\`${text}\` is the number ${value} here: write \`${value}\`, or put it in quotes.`;
    return { message, meant: isOctal ? [String(value), quoted(text)] : [quoted(text), String(value)] };
  }
  if (!Number.isFinite(value) && /\d/.test(text)) {
    return { message: `\`${text}\` is too large for a number: put it in quotes.`, meant: [quoted(text)] };
  }
  if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(value)) {
    return {
      message: `\`${text}\` has too many digits for a number and becomes ${value}: put it in quotes.`,
      meant: [quoted(text)],
    };
  }
  if (VERSION.test(key) && /^\d+\.\d*0$/.test(text)) {
    return { message: `\`${text}\` is the number ${value} here: put it in quotes.`, meant: [quoted(text)] };
  }
  return null;
}

const quoted = (text: string): string => `"${text}"`;
