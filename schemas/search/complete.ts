import type { SearchKind } from './conditions.ts';
import { NUMBER_OPS } from './conditions.ts';
import { DATASET_KEYS, DIALECTS, kindOf } from './dialects.ts';
import { printKey } from './print.ts';
import type { Token } from './tokens.ts';
import { tokenize } from './tokens.ts';

/** What a filter of runs may name. */
export interface Vocabulary {
  keys: Partial<Record<'metric' | 'param' | 'tag', readonly string[]>>;
  /** texts that a key is known to have, the likeliest first */
  values(kind: SearchKind, key: string): readonly string[];
}

export interface Completion {
  /** what is replaced by one of the items */
  from: number;
  to: number;
  items: CompletionItem[];
}
export interface CompletionItem {
  text: string;
  what: string;
}

type Expected =
  | { what: 'key' }
  | { what: 'operator'; name: Name }
  | { what: 'value'; name: Name; listed: boolean }
  | { what: 'and' };
interface Name {
  kind: SearchKind;
  key: string;
}

const MOST_ITEMS = 50;
const TEXT_OPERATORS = ['=', '!=', 'LIKE', 'ILIKE'];

/** What may stand where the caret is, of a text that need not be right. */
export function completeFilter(text: string, caret: number, vocabulary: Vocabulary): Completion {
  const before = tokenize(text.slice(0, caret));
  const last = before.at(-1);
  const isOpen = last !== undefined && last.end === caret && isPart(last);
  const from = isOpen ? startOf(before) : caret;
  const settled = before.filter(({ end }) => end <= from);
  const expected = expectedAfter(settled);
  // a word needs a space before it
  const isTouching = !isOpen && caret > 0 && !/\s/.test(text[caret - 1] ?? '') && last?.kind !== 'operator';
  const items = isTouching && last?.kind !== 'mark' ? [] : itemsFor(expected, vocabulary);
  const to = isOpen ? endOf(text, caret) : caret;
  return { from, to, items: matching(items, text.slice(from, caret)) };
}

/** A name that is being written begins where its first part does. */
function startOf(tokens: readonly Token[]): number {
  let first = tokens.length - 1;
  while (isJoined(tokens[first - 1], tokens[first])) first -= 1;
  return tokens[first]?.start ?? 0;
}

function isJoined(before: Token | undefined, after: Token | undefined): boolean {
  if (!before || !after || before.end !== after.start) return false;
  return (before.text === '.' && isPart(after)) || (after.text === '.' && isPart(before));
}

function isPart({ kind, text }: Token): boolean {
  return kind === 'word' || kind === 'quoted' || kind === 'unclosed' || text === '.';
}

/** The word goes on behind the caret. */
function endOf(text: string, caret: number): number {
  return caret + (/^[\p{L}\p{N}_.]*/u.exec(text.slice(caret))?.[0].length ?? 0);
}

function expectedAfter(tokens: readonly Token[]): Expected {
  let expected: Expected = { what: 'key' };
  for (let at = 0; at < tokens.length; ) {
    const step = follow(expected, tokens, at);
    expected = step.expected;
    at = step.at;
  }
  return expected;
}

type Step = { expected: Expected; at: number };

function follow(expected: Expected, tokens: readonly Token[], at: number): Step {
  const word = tokens[at]?.text.toUpperCase() ?? '';
  switch (expected.what) {
    case 'key':
      return word === 'AND' ? { expected, at: at + 1 } : afterKey(tokens, at);
    case 'operator':
      return { expected: afterOperator(expected, word), at: at + 1 };
    case 'value':
      return { expected: afterValue(expected, word), at: at + 1 };
    case 'and':
      return { expected: { what: 'key' }, at: word === 'AND' ? at + 1 : at };
  }
}

function afterKey(tokens: readonly Token[], at: number): Step {
  let end = at;
  while (isJoined(tokens[end], tokens[end + 1])) end += 1;
  return { expected: { what: 'operator', name: nameOf(tokens.slice(at, end + 1)) }, at: end + 1 };
}

function afterOperator(expected: Expected & { what: 'operator' }, word: string): Expected {
  if (word === 'NULL') return { what: 'and' };
  if (word === 'NOT' || word === 'IS') return expected;
  return { what: 'value', name: expected.name, listed: false };
}

function afterValue(expected: Expected & { what: 'value' }, word: string): Expected {
  if (word === '(' || word === ',') return { ...expected, listed: true };
  return expected.listed && word !== ')' ? expected : { what: 'and' };
}

function nameOf(tokens: readonly Token[]): Name {
  const parts = tokens.filter(({ text }) => text !== '.').map(({ value }) => value);
  const kind = kindOf(parts[0] ?? '');
  if (parts.length > 1 && kind !== undefined) return { kind, key: parts.slice(1).join('.') };
  const { aliases } = DIALECTS.runs;
  const key = parts.join('.');
  return { kind: 'attribute', key: Object.hasOwn(aliases, key) ? (aliases[key] ?? key) : key };
}

function itemsFor(expected: Expected, vocabulary: Vocabulary): CompletionItem[] {
  switch (expected.what) {
    case 'key':
      return keyItems(vocabulary);
    case 'operator':
      return operatorsOf(expected.name).map((text) => ({ text, what: 'comparison' }));
    case 'value': {
      if (isNumber(expected.name)) return [];
      const { kind, key } = expected.name;
      return vocabulary.values(kind, key).map((value) => ({ text: `'${value.replaceAll("'", "''")}'`, what: key }));
    }
    case 'and':
      return [{ text: 'AND', what: 'and another condition' }];
  }
}

function keyItems({ keys }: Vocabulary): CompletionItem[] {
  const named = (['metric', 'param', 'tag'] as const).flatMap((kind) =>
    (keys[kind] ?? []).map((key) => ({ text: printKey(kind, key), what: kind })),
  );
  const attributes = Object.keys(DIALECTS.runs.attributes).map((text) => ({ text, what: 'attribute' }));
  return [...named, ...attributes, ...DATASET_KEYS.map((key) => ({ text: `datasets.${key}`, what: 'dataset' }))];
}

function operatorsOf(name: Name): readonly string[] {
  if (isNumber(name)) return NUMBER_OPS;
  if (name.kind === 'param' || name.kind === 'tag') return [...TEXT_OPERATORS, 'IS NULL', 'IS NOT NULL'];
  const lists = name.kind === 'dataset' || DIALECTS.runs.attributes[name.key]?.lists;
  return lists ? [...TEXT_OPERATORS, 'IN', 'NOT IN'] : TEXT_OPERATORS;
}

function isNumber({ kind, key }: Name): boolean {
  return kind === 'metric' || (kind === 'attribute' && DIALECTS.runs.attributes[key]?.type === 'number');
}

/** Those that begin so come first, then those that have it somewhere. */
function matching(items: readonly CompletionItem[], typed: string): CompletionItem[] {
  const wanted = plain(typed);
  const starting = items.filter(({ text }) => plain(text).startsWith(wanted));
  const holding = items.filter(({ text }) => !plain(text).startsWith(wanted) && plain(text).includes(wanted));
  const found = [...starting, ...holding].slice(0, MOST_ITEMS);
  // nothing is offered that is there already
  return found.length === 1 && found[0]?.text === typed ? [] : found;
}

function plain(text: string): string {
  return text.replaceAll(/['"`]/g, '').toLowerCase();
}
