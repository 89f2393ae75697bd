import type { JsonObject, JsonValue } from '../json.ts';
import { copyOf } from '../own-text.ts';
import type { Span } from '../positions.ts';
import type { ExpressionNode, ExpressionProblem } from './ast.ts';
import type { Answer, Lookup } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import { parseExpression } from './parser.ts';
import { joinedText, TOO_LONG, toText } from './values.ts';

/** One `${{ … }}` in a text; spans count from the text's start. */
export interface ExpressionPart {
  readonly kind: 'expression';
  /** what stands between the braces */
  readonly content: string;
  readonly span: Span;
  /** between the braces */
  readonly inner: Span;
  readonly node: ExpressionNode;
  readonly problems: readonly ExpressionProblem[];
}

/** A piece of a text: as it is, or an expression. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | ExpressionPart;

export const hasExpression = (text: string): boolean => text.includes('${{');

/** Its value is taken as it is: it may be a list. */
export const isOneExpression = (text: string): boolean => text.startsWith('${{') && parseTemplate(text).length === 1;

/** A text is asked about again and again, and the same ones stand in many steps: so many of them are kept. */
const MOST_KEPT = 500;
const kept = new Map<string, readonly TemplatePart[]>();

export function parseTemplate(text: string): readonly TemplatePart[] {
  const known = kept.get(text);
  if (known) return known;
  const own = copyOf(text);
  const parts = partsOf(own);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(own, parts);
  return parts;
}

function partsOf(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let open = text.indexOf('${{'); open >= 0; open = text.indexOf('${{', at)) {
    if (open > at) parts.push({ kind: 'text', text: text.slice(at, open) });
    const part = parsePart(text, open);
    parts.push(part);
    at = part.span[1];
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function parsePart(text: string, open: number): ExpressionPart {
  const start = open + 3;
  const close = closingBraces(text, start);
  const inner: Span = [start, close ?? text.length];
  const span: Span = [open, close === null ? text.length : close + 2];
  const content = text.slice(...inner);
  const { node, problems } = parseExpression(content, start);
  const part = { kind: 'expression', content, span, inner, node } as const;
  if (close === null) {
    return { ...part, problems: [{ span, message: 'This expression is never closed: end it with `}}`.' }] };
  }
  if (content.trim() === '') {
    const message = 'This expression is empty: name a value, such as `params.seed`.';
    return { ...part, problems: [{ span, message }] };
  }
  return { ...part, problems };
}

/** A condition without braces: all of the text is one expression. Null where there is none. */
export function parseCondition(text: string): ExpressionPart | null {
  const start = text.search(/[^\s\0]/);
  if (start < 0 || hasExpression(text)) return null;
  const inner: Span = [start, text.trimEnd().length];
  const content = text.slice(...inner);
  return { kind: 'expression', content, span: inner, inner, ...parseExpression(content, start) };
}

/** Those within quotes belong to a text: `format('{{0}}')`. */
function closingBraces(text: string, from: number): number | null {
  const first = text.indexOf('}}', from);
  if (first < 0) return null;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (text.startsWith('}}', at)) return at;
  }
  // a quote that is never closed must not take the rest of the file with it
  return first;
}

export interface Filled<T> {
  value: T;
  problems: string[];
  /** why a part of it is known only once other steps have run: until then its expressions stay as they are */
  late: string | null;
}

/** A text that is one expression takes the value as it is, a number stays a number; otherwise values are written in. */
export function fillText(text: string, lookup: Lookup): Filled<JsonValue> {
  if (!hasExpression(text)) return { value: text, problems: [], late: null };
  const parts = parseTemplate(text);
  const answers = parts.map((part) => fillPart(part, lookup));
  const failed = answers.filter((answer) => 'problem' in answer);
  const problems = failed.flatMap(({ problem, late }) => (late ? [] : [problem]));
  const late = failed.find((answer) => answer.late)?.problem ?? null;
  if (problems.length > 0) return { value: text, problems, late };
  if (late !== null) return { value: asFarAsKnown(parts, answers) ?? text, problems, late };
  const values = answers.map((result) => ('value' in result ? result.value : null));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { value: only, problems, late };
  const whole = joinedText(values.map(toText));
  return whole === null ? { value: text, problems: [TOO_LONG], late } : { value: whole, problems, late };
}

function fillPart(part: TemplatePart, lookup: Lookup): Answer {
  if (part.kind === 'text') return { value: part.text };
  const [problem] = part.problems;
  return problem ? { problem: problem.message } : evaluate(part.node, lookup);
}

/** What nobody knows yet stays an expression, spelt in one way: `${{env.D}}` is the path `${{ env.D }}`. */
export function fillAsFarAsKnown(raw: JsonValue, lookup: Lookup): JsonValue {
  if (Array.isArray(raw)) return raw.map((item) => fillAsFarAsKnown(item, lookup));
  return typeof raw === 'string' ? textAsFarAsKnown(raw, lookup) : fillValue(raw, lookup).value;
}

function textAsFarAsKnown(text: string, lookup: Lookup): JsonValue {
  const { value, problems } = fillText(text, lookup);
  if (problems.length === 0) return value;
  const parts = parseTemplate(text);
  const answers = parts.map((part) => fillPart(part, lookup));
  return asFarAsKnown(parts, answers) ?? text;
}

function asFarAsKnown(parts: readonly TemplatePart[], answers: readonly Answer[]): string | null {
  const written = parts.map((part, at) => {
    const answer = answers[at];
    if (answer && 'value' in answer) return toText(answer.value);
    return part.kind === 'text' ? part.text : `\${{ ${part.content.trim()} }}`;
  });
  return joinedText(written);
}

/** The same through lists and maps. */
export function fillValue(value: JsonValue, lookup: Lookup): Filled<JsonValue> {
  if (typeof value === 'string') return fillText(value, lookup);
  if (Array.isArray(value)) return allOf(value.map((item) => fillValue(item, lookup)));
  return value === null || typeof value !== 'object' ? { value, problems: [], late: null } : fillObject(value, lookup);
}

export function fillObject(object: JsonObject, lookup: Lookup): Filled<JsonObject> {
  const entries = Object.entries(object).map(([key, item]) => [key, fillValue(item, lookup)] as const);
  const { problems, late } = allOf(entries.map(([, item]) => item));
  return { value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])), problems, late };
}

const allOf = (items: readonly Filled<JsonValue>[]): Filled<JsonValue[]> => ({
  value: items.map((item) => item.value),
  problems: items.flatMap((item) => item.problems),
  late: items.find((item) => item.late !== null)?.late ?? null,
});

/** Every text within a value, however deep. */
export function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(textsOf);
}
