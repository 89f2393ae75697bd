import { hasExpression, textsOf } from '../expressions/template.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { MatrixSpec } from '../plan/matrix.ts';
import { remembered } from '../remembered.ts';
import { toJson, toJsonObject } from '../syntax/to-json.ts';
import type { Entry, ListNode, MapNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** The `matrix` of a step as it stands, as far as it is known without running anything. */
export interface StepMatrix {
  entry: Entry;
  axes: readonly Axis[];
  include: Entry | undefined;
  exclude: Entry | undefined;
  /** every key that a combination may have; null where an expression gives some of them */
  keys: ReadonlySet<string> | null;
  /** all of it; null where an expression gives a part */
  spec: MatrixSpec | null;
}

export interface Axis {
  key: string;
  entry: Entry;
  /** null where an expression gives them */
  values: readonly JsonValue[] | null;
}

/** Of a combination they are no keys. */
const SETTINGS = new Set(['include', 'exclude', 'max-parallel', 'fail-fast']);

/** `none`: the step has no matrix; null: nobody can tell. */
export const matrixOf = remembered((step: Entry): StepMatrix | 'none' | null => {
  const { value, damaged } = step;
  if (damaged || value.kind === 'unknown' || (value.kind === 'map' && value.partial)) return null;
  const entry = findEntry(value, 'matrix');
  if (!entry) return 'none';
  const matrix = entry.value;
  if (entry.damaged || matrix.kind !== 'map' || matrix.partial || !matrix.entries.every(isSound)) return null;
  return read(entry, matrix);
});

const isSound = ({ damaged, value }: Entry): boolean => !damaged && isKnown(value);

function isKnown(node: TreeNode): boolean {
  if (node.kind === 'list') return node.items.every(isKnown);
  if (node.kind === 'map') return !node.partial && node.entries.every(isSound);
  return node.kind === 'scalar';
}

function read(entry: Entry, matrix: MapNode): StepMatrix {
  const axes = matrix.entries.filter(({ key }) => !SETTINGS.has(key)).map(axisOf);
  const [include, exclude] = ['include', 'exclude'].map((key) => findEntry(matrix, key));
  const [included, excluded] = [mapsOf(include), mapsOf(exclude)];
  const known = axes.flatMap(({ key, values }) => (values ? [[key, values] as const] : []));
  const isWhole = included !== null && excluded !== null && known.length === axes.length;
  const isPlain = isWhole && ![...known.flatMap(([, values]) => values), ...included, ...excluded].some(isFilledIn);
  return {
    entry,
    axes,
    include,
    exclude,
    keys: included && new Set([...axes.map(({ key }) => key), ...included.flatMap(Object.keys)]),
    spec: isPlain ? { axes: known, include: included, exclude: excluded } : null,
  };
}

function axisOf(entry: Entry): Axis {
  return { key: entry.key, entry, values: entry.value.kind === 'list' ? entry.value.items.map(toJson) : null };
}

/** Null where there are others than maps. */
function mapsOf(entry: Entry | undefined): JsonObject[] | null {
  if (!entry) return [];
  if (entry.value.kind !== 'list') return null;
  const maps = itemsOf(entry.value);
  return maps.length === entry.value.items.length ? maps.map(toJsonObject) : null;
}

const itemsOf = ({ items }: ListNode): MapNode[] => items.filter((item) => item.kind === 'map');

const isFilledIn = (value: JsonValue): boolean => textsOf(value).some(hasExpression);
