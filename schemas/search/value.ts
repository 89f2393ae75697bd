import type { SearchKind } from './conditions.ts';
import type { AttributeRules } from './dialects.ts';
import { KIND_WORDS } from './dialects.ts';
import type { Identifier } from './identifier.ts';
import type { TokenReader } from './reader.ts';
import { shown } from './reader.ts';
import type { Token } from './tokens.ts';

/** What follows the comparison with a number. */
export function readNumber(reader: TokenReader, { kind, key }: Identifier, { quoted = false }: AttributeRules): number {
  const token = reader.peek();
  const isNumber = token?.kind === 'number' || (quoted && isText(token) && /^-?\d+$/.test(token.value));
  if (token && isNumber) {
    reader.take();
    return Number(token.value);
  }
  const what = kind === 'metric' ? 'metric.' : `numeric attribute: ${key}.`;
  return reader.fail(`Expected numeric value type for ${what} Found ${found(token)}`);
}

export function readText(reader: TokenReader, { kind }: Identifier, bareTexts: boolean): string {
  const token = reader.peek();
  const isBare = bareTexts && (token?.kind === 'word' || token?.kind === 'number');
  if (token && (isText(token) || isBare)) {
    reader.take();
    return token.value;
  }
  return reader.fail(noText(kind, token));
}

const MAX_LISTED = 10_000;

/** `('a', "b")`, with or without a comma at the end. */
export function readList(reader: TokenReader): string[] {
  const start = reader.at;
  reader.takeMark('(');
  const values: string[] = [];
  while (!reader.takeMark(')')) {
    if (values.length === MAX_LISTED) reader.fail(`A list may have at most ${MAX_LISTED} values`);
    const token = reader.take();
    if (!isText(token)) {
      return reader.fail(
        'While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in ' +
          `list: ${found(token)}`,
        token?.start,
      );
    }
    values.push(token.value);
    if (!reader.takeMark(',') && reader.peek()?.text !== ')') {
      return reader.fail(
        'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
      );
    }
  }
  if (values.length > 0) return values;
  return reader.fail(
    'While parsing a list in the query, expected a non-empty list of string values, but got empty list',
    start,
  );
}

function isText(token: Token | undefined): token is Token & { kind: 'quoted' } {
  return token?.kind === 'quoted' && token.quote !== '`';
}

function noText(kind: SearchKind, token: Token | undefined): string {
  const isName = token?.kind === 'word' || token?.quote === '`' || token?.kind === 'unclosed';
  if (token && isName) {
    return (
      'Parameter value is either not quoted or unidentified quote types used for string value ' +
      `${shown(token.text)}. Use either single or double quotes.`
    );
  }
  if (kind === 'attribute') return `Expected a quoted string value for attributes. Got value ${found(token)}`;
  if (kind === 'dataset') return `Expected a quoted string value for dataset attributes. Got value ${found(token)}`;
  return `Expected a quoted string value for ${KIND_WORDS[kind]} (e.g. 'my-value'). Got value ${found(token)}`;
}

function found(token: Token | undefined): string {
  return token ? shown(token.text) : 'nothing';
}
