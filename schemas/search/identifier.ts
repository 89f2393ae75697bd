import type { SearchKind } from './conditions.ts';
import type { DialectRules } from './dialects.ts';
import { DATASET_KEYS, KIND_WORDS, kindOf } from './dialects.ts';
import type { TokenReader } from './reader.ts';
import { shown } from './reader.ts';
import type { Token } from './tokens.ts';

export interface Identifier {
  kind: SearchKind;
  key: string;
}

/** `metrics.loss`, `tags."my tag"`, or an attribute by its bare name. The prefix decides; the rest, dots and all, is the key. */
export function readIdentifier(reader: TokenReader, rules: DialectRules, attributes: readonly string[]): Identifier {
  const at = reader.at;
  const [first, ...rest] = readParts(reader);
  if (first === undefined) return reader.fail(noIdentifier(reader.peek()));
  if (rest.length === 0) return asAttribute(reader, first, rules, attributes, at);
  const kind = kindOf(first);
  if (kind === undefined || !rules.kinds.includes(kind)) {
    const valid = rules.kinds.map((known) => `'${KIND_WORDS[known]}'`).join(', ');
    return reader.fail(`Invalid entity type '${shown(first)}'. Valid values are [${valid}]`, at);
  }
  const key = rest.join('.');
  if (kind === 'attribute') return asAttribute(reader, key, rules, attributes, at);
  if (kind === 'dataset' && !DATASET_KEYS.includes(key)) {
    return reader.fail(invalidKey('dataset', key, DATASET_KEYS), at);
  }
  return { kind, key };
}

function asAttribute(
  reader: TokenReader,
  name: string,
  { aliases }: DialectRules,
  attributes: readonly string[],
  at: number,
): Identifier {
  const key = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  if (!attributes.includes(key)) return reader.fail(invalidKey('attribute', name, attributes), at);
  return { kind: 'attribute', key };
}

function invalidKey(kind: string, key: string, valid: readonly string[]): string {
  return `Invalid ${kind} key '${shown(key)}' specified. Valid keys are '${valid.join("', '")}'`;
}

/** Parts stand without space between them: `tags.a.b` is one name, `tags.a .b` none. */
function readParts(reader: TokenReader): string[] {
  const parts: string[] = [];
  let end = reader.at;
  while (isPart(reader.peek()) && reader.at === end) {
    const part = reader.take();
    if (part) parts.push(part.value);
    const dot = reader.peek();
    if (dot?.text !== '.' || dot.start !== part?.end) return parts;
    if (!isPart(reader.peek(1)) || reader.peek(1)?.start !== dot.end) {
      return reader.fail(`Invalid identifier: a name is missing after '${shown(parts.join('.'))}.'`, dot.end);
    }
    reader.take();
    end = dot.end;
  }
  return parts;
}

function isPart(token: Token | undefined): boolean {
  return token?.kind === 'word' || (token?.kind === 'quoted' && token.quote !== "'");
}

function noIdentifier(token: Token | undefined): string {
  if (token === undefined) return 'Invalid comparison clause. Expected an identifier, found the end';
  if (token.kind === 'unclosed') return `Invalid clause(s) in filter string: ${shown(token.text)} is not closed`;
  const isValue = token.kind === 'number' || token.kind === 'quoted';
  if (isValue) return `Invalid comparison clause. Expected 'Identifier' found '${shown(token.text)}'`;
  return `Invalid clause(s) in filter string: '${shown(token.text)}'`;
}
