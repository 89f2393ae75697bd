import type { Mismatch } from '../check/mismatch.ts';
import type { FileView } from '../check/view.ts';
import type { Finding, Fix } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Entry, MapNode } from '../syntax/tree.ts';
import { isNothing } from '../syntax/tree.ts';
import { replacement, valueInstead } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

type UnknownKey = Extract<Mismatch, { kind: 'unknown-key' }>;

/** More than these are not listed: the page of the language has them all. */
const LISTED_AT_MOST = 10;

export const unknownKey: Rule = {
  code: 'CRISOL112',
  severity: 'error',
  title: 'Unknown key',
  check(view) {
    const { mismatches } = view;
    // made once for each map, which may hold thousands of unknown keys
    const keys = new Map<MapNode, Set<string>>();
    return mismatches.flatMap((mismatch): Finding[] => {
      if (mismatch.kind !== 'unknown-key') return [];
      const present = keys.get(mismatch.map) ?? new Set(mismatch.map.entries.map(({ key }) => key));
      keys.set(mismatch.map, present);
      return describe(mismatch, present, view);
    });
  },
};

/** Keys that stand a level further in than some look for them. */
const WITHIN: Readonly<Record<string, string | undefined>> = { 'max-parallel': 'matrix', 'fail-fast': 'matrix' };

function describe(mismatch: UnknownKey, present: ReadonlySet<string>, view: FileView): Finding[] {
  const { entry, known, owner, meant, foreign } = mismatch;
  const range = view.lines.range(entry.keySpan);
  const isFolded = range.start.line !== range.end.line;
  // a `:` is missing between two keys, which is told
  if (isFolded && entry.damaged) return [];
  if (entry.key === '') return [{ range, message: 'A name is missing before this `:`: write it, or remove the line.' }];
  const free = Object.keys(known).filter((key) => !present.has(key));
  const fixable = meant !== null && free.includes(meant) && !isFolded;
  const fixes = fixable ? [renamed(mismatch, meant, view)] : undefined;
  const [word] = partsOf(entry, view);
  if (fixable && word === meant) {
    return [{ range, message: `\`${entry.key}\` is one word: a space is missing after \`${meant}:\`.`, fixes }];
  }
  const place = owner ? ` in \`${owner.key}\`` : '';
  // what has no effect yet is no advice
  const useful = free.filter((key) => !known[key]?.later);
  const within = WITHIN[entry.key] ?? '';
  const inside = Object.hasOwn(known, within) ? `it stands within \`${within}\`.` : null;
  const told = inside ?? (foreign && fixable ? `here it is \`${meant}\`.` : advice(meant, useful, free));
  return [{ range, message: `\`${entry.key}\` is not known${place}: ${told}`, fixes }];
}

/** Between brackets `target:y` is one word: a key, and the value that is stuck to it. */
function partsOf({ key, keySpan, value }: Entry, { text }: FileView): [string, string] {
  const [start, end] = keySpan;
  const isAlone = isNothing(value) && text.slice(start, end) === key && /[\s,}]/.test(text.charAt(end));
  const [, word = key, rest = ''] = (isAlone && /^([^:\s]+):([\w./][\w./@%+ -]*)$/.exec(key)) || [];
  return [word, rest];
}

/** The key as it was meant, and what is a bare number elsewhere with its unit: `timeout-minutes: 5`. */
function renamed(mismatch: UnknownKey, meant: string, view: FileView): Fix {
  const { lines } = view;
  const { keySpan, value } = mismatch.entry;
  const range = lines.range(keySpan);
  const [, rest] = partsOf(mismatch.entry, view);
  if (rest !== '') return replacement(range, `${meant}: ${rest}`);
  const amount = amountIn(mismatch, meant);
  if (amount === null) return replacement(range, meant);
  const { edits } = valueInstead(lines.range(value.span), amount);
  return { title: `Change to \`${meant}: ${amount}\``, edits: [{ range, newText: meant }, ...edits] };
}

function amountIn({ entry: { value }, known, foreign }: UnknownKey, meant: string): string | null {
  const { unitElsewhere, format } = known[meant] ?? {};
  if (!foreign || !unitElsewhere || !format || value.kind !== 'scalar' || /\s$/.test(value.text)) return null;
  const amount = `${value.text}${unitElsewhere}`;
  return hasExpression(amount) || FORMATS[format].accepts(amount) ? amount : null;
}

function advice(meant: string | null, useful: readonly string[], free: readonly string[]): string {
  if (meant) return `did you mean \`${meant}\`${free.includes(meant) ? '' : ', which stands here already'}?`;
  if (useful.length === 0) return 'remove it.';
  if (useful.length > LISTED_AT_MOST) return 'remove it, or correct its name.';
  return `use ${quotedList(useful)}, or remove it.`;
}
