import { formatWhole } from '../../count-text.ts';
import type { Answer, Lookup } from '../expressions/evaluate.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import { fillText, fillValue } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { MatrixModel, PlannedStep } from '../model.ts';
import { remembered } from '../remembered.ts';
import { answer } from './answers.ts';
import type { MatrixSpec } from './matrix.ts';
import { expandSensible, MOST_COMBINATIONS } from './matrix.ts';

/** One combination of a step's matrix; a step without matrix is its only variant. */
export interface Variant {
  /** of the planned step */
  name: string;
  of: string;
  matrix: JsonObject | null;
  /** all that the combinations of the step have: of those that only others have the value is null */
  keys: readonly string[];
}

export const onlyVariant = (name: string): Variant => ({ name, of: name, matrix: null, keys: [] });

/** Of a combination they are no keys. */
export const MATRIX_SETTINGS: ReadonlySet<string> = new Set(['include', 'exclude', 'max-parallel', 'fail-fast']);

type Entries = readonly (readonly [key: string, value: JsonValue])[];

/** The combinations as a list of maps, with the expressions of the matrix filled in, or why there are none. */
export function combinationsOf(matrix: MatrixModel, lookup: Lookup): Answer {
  const filled = entriesOf(matrix, lookup);
  if ('problem' in filled) return filled;
  const axes = filled.filter(([key]) => !MATRIX_SETTINGS.has(key));
  for (const [key, values] of axes) {
    if (!Array.isArray(values) || values.length === 0) return refuse(key, values, 'a list of values');
  }
  const lists = { include: setting(filled, 'include') ?? [], exclude: setting(filled, 'exclude') ?? [] };
  for (const [key, list] of Object.entries(lists)) if (!areMaps(list)) return refuse(key, list, 'a list of maps');
  return expanded({ axes: axes as [string, JsonValue[]][], ...(lists as Record<keyof typeof lists, JsonObject[]>) });
}

function expanded(spec: MatrixSpec): Answer {
  const all = expandSensible(spec);
  if (all?.length === 0) return { problem: 'The matrix has no combination: add values, or exclude less.' };
  if (all && all.length <= MOST_COMBINATIONS) return { value: all };
  const count = all ? `${formatWhole(all.length)} combinations, more` : 'far more combinations';
  return { problem: `The matrix has ${count} than ${MOST_COMBINATIONS}: leave some values out.` };
}

/** A mistake of the matrix itself: of names in it others tell. */
export const isAboutMatrix = (problem: string): boolean => /^(?:The|A) matrix |^\S+ of the matrix is /.test(problem);

const setting = (entries: Entries, wanted: string) => entries.find(([key]) => key === wanted)?.[1];

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areMaps = (value: JsonValue): boolean => Array.isArray(value) && value.every(isMap);

const refuse = (key: string, value: JsonValue, takes: string) => ({
  problem: `\`${key}\` of the matrix is \`${toText(value).slice(0, 60)}\`: give ${takes}.`,
});

/** What runs, and how often, must be known before anything does. */
function entriesOf({ entries }: MatrixModel, lookup: Lookup): Entries | { problem: string } {
  const parts = typeof entries === 'string' ? [['', entries] as const] : entries;
  const filled = parts.map(([key, value]) => [key, fillValue(value, lookup)] as const);
  for (const [, { problems, late }] of filled) {
    if (problems[0] !== undefined) return { problem: problems[0] };
    if (late !== null) return { problem: `A matrix must be known before anything runs: ${late}` };
  }
  if (typeof entries !== 'string') return filled.map(([key, { value }]) => [key, value]);
  const whole = filled[0]?.[1].value ?? null;
  return isMap(whole) ? Object.entries(whole) : refuse('All', whole, 'a map of lists');
}

/** Each combination with its name; made once for a list of combinations. */
export const variantsOf = remembered((combinations: readonly JsonObject[], step: string): readonly Variant[] => {
  const keys = [...new Set(combinations.flatMap((one) => Object.keys(one)))];
  const known = new Map<string, number>();
  return combinations.map((one) => {
    const label = labelOf(one);
    const count = (known.get(label) ?? 0) + 1;
    known.set(label, count);
    return { name: `${step} (${label})${count > 1 ? ` #${count}` : ''}`, of: step, matrix: one, keys };
  });
});

const LONGEST_LABEL = 60;

/** The values in their order. */
function labelOf(combination: JsonObject): string {
  const words = Object.values(combination).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  // names stand in tables, in one line
  const letters = [
    ...words
      .join(', ')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim(),
  ];
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : letters.join('');
}

/** How the variants of a step go together. */
export function groupOf({ entries }: MatrixModel, lookup: Lookup): { group: PlannedStep['group']; problems: string[] } {
  const whole = typeof entries === 'string' ? fillText(entries, lookup).value : null;
  const said = typeof entries === 'string' ? Object.entries(whole !== null && isMap(whole) ? whole : {}) : entries;
  const read = (key: string) => fillValue(setting(said, key) ?? null, lookup).value;
  const [most, failFast] = [read('max-parallel'), read('fail-fast')];
  const isCount = typeof most === 'number' && Number.isInteger(most) && most > 0;
  return {
    group: { maxParallel: isCount ? most : null, failFast: failFast !== false },
    problems: [
      ...(most === null || isCount ? [] : [refuse('max-parallel', most, 'a whole number over 0').problem]),
      ...(failFast === null || typeof failFast === 'boolean'
        ? []
        : [refuse('fail-fast', failFast, 'true or false').problem]),
    ],
  };
}

/** `rest`: what follows in the path after the matrix. */
export function matrixValue({ of, matrix, keys }: Variant, path: ReferencePath, rest: ReferencePath): Answer {
  const [key, ...deeper] = rest;
  if (key === undefined) return { value: matrix };
  if (!keys.includes(String(key))) return { problem: `The matrix of \`${of}\` has no \`${key}\`.` };
  const found = valueAt(matrix, [String(key), ...deeper]);
  return answer(found === undefined && deeper.length === 0 ? null : found, path);
}
