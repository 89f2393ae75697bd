import type { Condition, Dialect, ListOp, NumberOp, TextOp } from './conditions.ts';
import { LIST_OPS, NULL_OPS, NUMBER_OPS, SearchError, TEXT_OPS } from './conditions.ts';
import type { AttributeRules, DialectRules } from './dialects.ts';
import { DIALECTS, KIND_WORDS } from './dialects.ts';
import type { Identifier } from './identifier.ts';
import { readIdentifier } from './identifier.ts';
import { shown, TokenReader } from './reader.ts';
import { readList, readNumber, readText } from './value.ts';

/** More than anybody writes; with many more, SQLite takes far longer for each. */
const MAX_CONDITIONS = 100;
/** A pattern takes the product of its length and the text's. */
const MAX_PATTERN_CHARS = 1000;
const MAX_FILTER_CHARS = 500_000;

/**
 * Reads MLflow's search grammar: comparisons joined by AND. As there, an AND too many or too few changes nothing. Throws a
 * SearchError.
 */
export function parseFilter(text: string, dialect: Dialect): Condition[] {
  if (text.length > MAX_FILTER_CHARS) {
    throw new SearchError(`A filter may have at most ${MAX_FILTER_CHARS} characters`, MAX_FILTER_CHARS);
  }
  const reader = new TokenReader(text);
  const conditions: Condition[] = [];
  while (!reader.done) {
    if (reader.takeWords('AND')) continue;
    if (conditions.length === MAX_CONDITIONS) reader.fail(`A filter may have at most ${MAX_CONDITIONS} conditions`);
    conditions.push(readCondition(reader, DIALECTS[dialect]));
  }
  return conditions;
}

function readCondition(reader: TokenReader, rules: DialectRules): Condition {
  refuseAlone(reader);
  const identifier = readIdentifier(reader, rules, Object.keys(rules.attributes));
  const at = reader.at;
  const op = readOp(reader);
  if (isOneOf(NULL_OPS, op)) return { ...nullable(reader, identifier, rules, at), op, value: null };
  const type = typeOf(identifier, rules);
  if (type.type === 'number') {
    const value = readNumber(reader, identifier, type);
    return { ...identifier, op: checked<NumberOp>(reader, op, NUMBER_OPS, at), value };
  }
  if (reader.peek()?.text === '(') return readListCondition(reader, identifier, op, rules, at);
  if (isOneOf(LIST_OPS, op)) reader.fail(`Invalid clause(s) in filter string: ${op} needs a list in parentheses`);
  const place = reader.at;
  const value = readText(reader, identifier, rules.bareTexts ?? false);
  if (value.length > MAX_PATTERN_CHARS && op.endsWith('LIKE')) {
    reader.fail(`A pattern may have at most ${MAX_PATTERN_CHARS} characters`, place);
  }
  const texts: readonly TextOp[] = type.exact ? ['=', '!='] : TEXT_OPS;
  return { ...identifier, op: checked(reader, op, texts, at), value };
}

function readListCondition(
  reader: TokenReader,
  identifier: Identifier,
  op: string,
  rules: DialectRules,
  at: number,
): Condition {
  if (!typeOf(identifier, rules).lists) reader.fail(noList(identifier, rules));
  const value = readList(reader);
  return { ...identifier, op: checked<ListOp>(reader, op, LIST_OPS, at), value };
}

/** A word such as OR between comparisons is told by its name, not as an unknown attribute. */
function refuseAlone(reader: TokenReader): void {
  const token = reader.peek();
  const after = reader.peek(1);
  const goesOn = after === undefined || after.text === '.' || after.kind === 'operator' || isComparing(after.text);
  if (token?.kind === 'word' && !goesOn) reader.fail(`Invalid clause(s) in filter string: '${shown(token.text)}'`);
}

function isComparing(word: string): boolean {
  return /^(LIKE|ILIKE|RLIKE|IN|NOT|IS)$/i.test(word);
}

/** As written, but for words: they are in capitals. */
function readOp(reader: TokenReader): string {
  if (reader.takeWords('IS', 'NOT', 'NULL')) return 'IS NOT NULL';
  if (reader.takeWords('IS', 'NULL')) return 'IS NULL';
  const negated = reader.takeWords('NOT') ? 'NOT ' : '';
  const token = reader.peek();
  const isWord = token?.kind === 'word' && isComparing(token.text);
  if (token && (isWord || (token.kind === 'operator' && negated === ''))) {
    reader.take();
    return negated + token.text.toUpperCase();
  }
  const found = token ? `'${shown(token.text)}'` : 'the end';
  const advice =
    token?.kind === 'mark' ? '. A name with other characters than letters, digits and _ stands in backticks' : '';
  return reader.fail(`Invalid clause(s) in filter string: expected a comparison, found ${found}${advice}`);
}

function typeOf({ kind, key }: Identifier, rules: DialectRules): AttributeRules {
  if (kind === 'metric') return { type: 'number' };
  if (kind === 'attribute') return rules.attributes[key] ?? { type: 'text' };
  return { type: 'text', lists: rules.listed.includes(kind) };
}

function nullable(reader: TokenReader, { kind, key }: Identifier, { nullable }: DialectRules, at: number): Identifier {
  if (nullable.includes(kind)) return { kind, key };
  const kinds = nullable.map((one) => `${one}s`).join(' and ') || 'other searches';
  const what = `'${KIND_WORDS[kind]}' '${shown(key)}'`;
  return reader.fail(`IS NULL / IS NOT NULL is only supported for ${kinds}, not for ${what}`, at);
}

function noList({ kind }: Identifier, { attributes }: DialectRules): string {
  if (kind !== 'attribute')
    return `Expected a quoted string value for ${KIND_WORDS[kind]} (e.g. 'my-value'). Got a list`;
  const listed = Object.keys(attributes).filter((key) => attributes[key]?.lists);
  return `Only ['${listed.join("', '")}'] attributes support comparison with a list of quoted string values.`;
}

function checked<Op extends string>(reader: TokenReader, op: string, valid: readonly Op[], at: number): Op {
  return isOneOf(valid, op) ? op : reader.fail(wrongOp(op, valid), at);
}

function wrongOp(op: string, valid: readonly string[]): string {
  return `Invalid comparator '${shown(op)}' not one of '${valid.join("', '")}'`;
}

function isOneOf<T extends string>(valid: readonly T[], op: string): op is T {
  return (valid as readonly string[]).includes(op);
}
