import type { JsonObject, JsonValue } from '../json.ts';
import { parseYaml } from '../syntax/parse.ts';
import { toJsonObject } from '../syntax/to-json.ts';

/** The text as a map; why not, in words, when it is none. */
export function readMap(text: string): { map: JsonObject } | { problem: string } {
  const { root, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return { problem: problem.message };
  if (root === null) return { map: {} };
  return root.kind === 'map' ? { map: toJsonObject(root) } : { problem: 'It holds no map.' };
}

export const isMap = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mapOf = (value: JsonValue | undefined): JsonObject => (isMap(value) ? value : {});

/** A list, or one value for a list of it; nothing where there is nothing. */
export function listOf(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** `path`, or `path: {cache: false}` with what is said of it. */
export function namedItem(item: JsonValue): { name: string; options: JsonValue } {
  const [first] = isMap(item) ? Object.entries(item) : [];
  return first ? { name: first[0], options: first[1] } : { name: wordOf(item), options: null };
}

/** A value within a text, as DVC, a Python program, writes it. */
export function wordOf(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'number') return numberWord(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `0.00001` is `1e-05` there. */
function numberWord(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || !Number.isFinite(value) || size >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}
