import type { JsonObject, JsonValue } from './json.ts';
import type { Span } from './positions.ts';

export type ReferencePath = readonly (string | number)[];

/** A piece of a text: as it is, or one `${{ … }}`. `span` counts from the text's start. */
export type TemplatePart =
  | { kind: 'text'; text: string }
  | { kind: 'reference'; path: ReferencePath; source: string; span: Span }
  /** well formed as far as can be told, but more than a reference: operators, functions */
  | { kind: 'formula'; source: string; span: Span }
  | { kind: 'broken'; problem: string; span: Span };

export const hasExpression = (text: string): boolean => text.includes('${{');

const REFERENCE = /^[A-Za-z_][\w-]*(?:\.[\w-]+|\[\d{1,6}\]|\['[^']*'\]|\["[^"]*"\])*$/;

export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('${{', at);
    if (open < 0) break;
    if (open > at) parts.push({ kind: 'text', text: text.slice(at, open) });
    const close = text.indexOf('}}', open);
    const end = close < 0 ? text.length : close + 2;
    parts.push(parsePart(text.slice(open + 3, close < 0 ? text.length : close).trim(), close >= 0, [open, end]));
    at = end;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function parsePart(source: string, closed: boolean, span: Span): TemplatePart {
  if (!closed) return { kind: 'broken', problem: 'This expression is never closed: end it with `}}`.', span };
  if (source === '') {
    return { kind: 'broken', problem: 'This expression is empty: name a value, such as `params.seed`.', span };
  }
  if (!REFERENCE.test(source)) return { kind: 'formula', source, span };
  const path = Array.from(source.matchAll(/[\w-]+|'[^']*'|"[^"]*"/g), ([word], place) => pathPart(word, place));
  return { kind: 'reference', path, source, span };
}

function pathPart(word: string, place: number): string | number {
  if (/^['"]/.test(word)) return word.slice(1, -1);
  return place > 0 && /^\d+$/.test(word) ? Number(word) : word;
}

export type Lookup = (path: ReferencePath) => { value: JsonValue } | { problem: string };

export interface Filled<T> {
  value: T;
  problems: string[];
}

/** A text that is one expression takes the value as it is, a number stays a number; otherwise values are written in. */
export function fillText(text: string, lookup: Lookup): Filled<JsonValue> {
  if (!hasExpression(text)) return { value: text, problems: [] };
  const parts = parseTemplate(text);
  const filled = parts.map((part) => fillPart(part, lookup));
  const problems = filled.flatMap((result) => ('problem' in result ? [result.problem] : []));
  if (problems.length > 0) return { value: text, problems };
  const values = filled.map((result) => ('value' in result ? result.value : null));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { value: only, problems };
  return { value: values.map(asText).join(''), problems };
}

function fillPart(part: TemplatePart, lookup: Lookup): { value: JsonValue } | { problem: string } {
  if (part.kind === 'text') return { value: part.text };
  if (part.kind === 'broken') return { problem: part.problem };
  if (part.kind === 'reference') return lookup(part.path);
  return {
    problem: `\`\${{ ${part.source} }}\` is more than this version can fill in: only names such as \`params.seed\`.`,
  };
}

const asText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The same through lists and maps. */
export function fillValue(value: JsonValue, lookup: Lookup): Filled<JsonValue> {
  if (typeof value === 'string') return fillText(value, lookup);
  if (Array.isArray(value)) {
    const items = value.map((item) => fillValue(item, lookup));
    return { value: items.map((item) => item.value), problems: items.flatMap((item) => item.problems) };
  }
  return value === null || typeof value !== 'object' ? { value, problems: [] } : fillObject(value, lookup);
}

export function fillObject(object: JsonObject, lookup: Lookup): Filled<JsonObject> {
  const entries = Object.entries(object).map(([key, item]) => [key, fillValue(item, lookup)] as const);
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    problems: entries.flatMap(([, item]) => item.problems),
  };
}

/** Every text within a value, however deep. */
export function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(textsOf);
}

/** `undefined` where the path leads nowhere. */
export function valueAt(root: JsonValue, path: ReferencePath): JsonValue | undefined {
  let current: JsonValue | undefined = root;
  for (const part of path) {
    if (Array.isArray(current) && typeof part === 'number') current = current[part];
    else if (current !== null && typeof current === 'object' && !Array.isArray(current)) {
      current = Object.hasOwn(current, String(part)) ? current[String(part)] : undefined;
    } else return undefined;
  }
  return current;
}
