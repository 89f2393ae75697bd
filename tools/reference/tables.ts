import { stringify } from 'yaml';
import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { choicesOf, entryShape } from '../../schemas/language/grammar/shape.ts';
import type { JsonValue } from '../../schemas/language/json.ts';
import { inWords } from '../../schemas/language/rules/words.ts';
import { bounds } from '../../schemas/language/rules/wrong-value.ts';

/** What a table needs to know beside its own keys. */
export interface Known {
  values: ReadonlyMap<Shape, JsonValue>;
  /** where the keys of a map are told: several places may take the same ones */
  places: ReadonlyMap<object, string>;
}

/** A map whose keys are known, and how one gets there: `steps.NAME.retry`. */
export interface KeyedMap {
  path: string;
  shape: Shape;
}

/** The maps within a value that have keys of their own, each after what it stands in. */
export function mapsIn(path: string, shape: Shape): KeyedMap[] {
  const options = shape.anyOf ?? [shape];
  return options.flatMap((option) => {
    const own = option.properties ? [{ path, shape: { ...option, ...(shape !== option && titled(shape)) } }] : [];
    const inner = Object.entries(option.properties ?? {}).flatMap(([key, child]) => mapsIn(`${path}.${key}`, child));
    const further = entryShape(option);
    const entries = further && !option.properties ? mapsIn(`${path}.NAME`, further) : [];
    return [...own, ...inner, ...entries, ...(option.items ? mapsIn(`${path}[]`, option.items) : [])];
  });
}

const titled = ({ description, later }: Shape): Partial<Shape> => ({ description, later });

/** `steps.NAME.retry` → `stepsname-retry`: what GitHub and VS Code make of a heading of it in code. */
export const anchorOf = (path: string): string => path.toLowerCase().replaceAll(/[^\w-]/g, '');

/** Every key with what it takes, its default, an example, and what it is for; required ones first, as completion has them. */
export function keyTable({ path, shape }: KeyedMap, known: Known): string {
  const required = shape.required ?? [];
  const entries = Object.entries(shape.properties ?? {});
  const sorted = [
    ...entries.filter(([key]) => required.includes(key)),
    ...entries.filter(([key]) => !required.includes(key)),
  ];
  const rows = sorted.map(([key, child]) => {
    const needed = required.includes(key) ? '**required**' : defaultOf(child);
    return row([`\`${key}\``, takesOf(child), needed, exampleOf(`${path}.${key}`, child, known), describe(child)]);
  });
  return [
    row(['key', 'takes', 'default', 'example', 'meaning']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
  ].join('\n');
}

/** The words of the grammar, else the kind of value with its limits. */
function takesOf(shape: Shape): string {
  const limits = [shape.minimum, shape.maximum, shape.exclusiveMinimum, shape.exclusiveMaximum];
  return shape.takes === undefined && limits.some((limit) => limit !== undefined) ? bounds(shape) : inWords(shape);
}

function exampleOf(path: string, shape: Shape, known: Known): string {
  if (shape.withOf) return '[below](#built-in-steps)';
  const [nested] = choicesOf(shape) ? [] : mapsIn(path, shape);
  if (nested) return `[below](#${anchorOf(placeOf(nested, known))})`;
  const value = known.values.get(shape);
  if (value === undefined) return '';
  return `\`${stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim()}\``;
}

export const placeOf = ({ path, shape }: KeyedMap, { places }: Known): string =>
  places.get(shape.properties ?? {}) ?? path;

const defaultOf = (shape: Shape): string => (shape.default === undefined ? '' : `\`${String(shape.default)}\``);

function describe({ description = '', later }: Shape): string {
  return later ? `${description} *Not run yet.*` : description;
}

/** A bar within a cell would end it. */
export const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
