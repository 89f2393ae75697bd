import { blocksOf } from '../blocks.ts';
import { hasExpression } from '../expressions/template.ts';
import { isOwnKey } from '../grammar/file.ts';
import { FORMATS } from '../grammar/formats.ts';
import { settingsShape } from '../grammar/settings.ts';
import type { Shape } from '../grammar/shape.ts';
import { choicesOf, entryShape } from '../grammar/shape.ts';
import { closest } from '../suggest.ts';
import type { Entry, ListNode, MapNode, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { isNothing } from '../syntax/tree.ts';
import type { Mismatch, Structure } from './mismatch.ts';

/** Holds the tree against the grammar. */
export function structureOf(root: TreeNode | null, shape: Shape): Structure {
  const found: Mismatch[] = [];
  const misspelt = new Map<TreeNode, Set<string>>();
  if (root) checkValue(root, shape, { entry: null, owner: null, depth: 0, found, misspelt });
  return { mismatches: found, misspelt };
}

interface Place {
  /** the entry whose value this is */
  entry: Entry | null;
  /** the map that holds the entry: what `with` means depends on its neighbour `uses` */
  owner: MapNode | null;
  /** entries that lie around it */
  depth: number;
  found: Mismatch[];
  misspelt: Map<TreeNode, Set<string>>;
}

function checkValue(node: TreeNode, plainShape: Shape, place: Place): void {
  const shape = plainShape.withOf ? settingsShape(plainShape, place.owner) : plainShape;
  const { entry, found } = place;
  if (node.kind === 'unknown' || shape.ownRule) return;
  if (shape.later) {
    found.push({ kind: 'later', node, entry });
  }
  if (node.kind === 'scalar' && typeof node.value === 'string' && hasExpression(node.value)) {
    checkAround(node, shape, place);
    return;
  }
  const choices = choicesOf(shape);
  if (choices && node.kind === 'scalar' && !isNothing(node)) {
    if (!choices.some((choice) => choice === node.value)) found.push({ kind: 'not-a-choice', node, choices, entry });
    return;
  }
  const fitting = choices ? undefined : fittingShape(node, shape);
  if (!fitting) found.push({ kind: 'wrong-type', node, shape, entry });
  else if (fitting === shape) checkContent(node, shape, place);
  else checkValue(node, fitting, place);
}

/** Of alternatives the one for this kind of value; nothing said at all is an empty map or list. */
function fittingShape(node: TreeNode, shape: Shape): Shape | undefined {
  const { anyOf } = shape;
  if (!anyOf) return fits(node, shape) || (isNothing(node) && isCollection(shape)) ? shape : undefined;
  return anyOf.find((option) => fits(node, option)) ?? (isNothing(node) ? anyOf.find(isCollection) : undefined);
}

const isCollection = ({ type }: Shape): boolean => type === 'object' || type === 'array';

function fits(node: TreeNode, { type }: Shape): boolean {
  if (type === undefined) return true;
  if (node.kind === 'map') return type === 'object';
  if (node.kind === 'list') return type === 'array';
  if (node.kind !== 'scalar') return true;
  if (type === 'integer') return Number.isInteger(node.value);
  return typeof node.value === type;
}

function checkContent(node: TreeNode, shape: Shape, place: Place): void {
  if (shape.type === 'object') checkObject(node, shape, place);
  else if (node.kind === 'list') checkList(node, shape, place);
  else if (node.kind === 'scalar' && !isNothing(node)) checkScalar(node, shape, place);
}

function checkList(node: ListNode, shape: Shape, place: Place): void {
  for (const item of node.items) if (shape.items) checkValue(item, shape.items, { ...place, owner: null });
}

function checkScalar(node: ScalarNode, shape: Shape, { entry, found }: Place): void {
  const { value } = node;
  if (shape.format && typeof value === 'string' && !FORMATS[shape.format].accepts(value)) {
    found.push({ kind: 'bad-format', node, format: shape.format, entry });
  }
  if (typeof value === 'number' && shape.type && !isWithin(value, shape))
    found.push({ kind: 'out-of-range', node, shape, entry });
}

/** What an expression comes to is not known; what no process can hold is wrong whatever that is. */
function checkAround(node: ScalarNode, shape: Shape, place: Place): void {
  const text = (shape.anyOf ?? [shape]).find(({ format }) => format === 'process-text');
  if (text) checkScalar(node, text, place);
}

/** Where a number may be any, it may be `.inf`, too: to a variable of the environment that is a text. */
const isLimited = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Shape): boolean =>
  (minimum ?? maximum ?? exclusiveMinimum ?? exclusiveMaximum) !== undefined;

export function isWithin(value: number, shape: Shape): boolean {
  const { minimum = -Infinity, maximum = Infinity } = shape;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = shape;
  if (!isLimited(shape)) return true;
  return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}

function checkObject(node: TreeNode, shape: Shape, place: Place): void {
  const map = node.kind === 'map' ? node : null;
  if (map) checkEntries(map, shape, place);
  const { found, misspelt, entry: owner } = place;
  const missing = (shape.required ?? []).filter(
    (key) => !map?.entries.some((entry) => entry.key === key) && !(map && misspelt.get(map)?.has(key)),
  );
  if (missing.length > 0 && !map?.partial) found.push({ kind: 'missing-key', keys: missing, map: node, shape, owner });
}

/** Where keys are names that people choose, nothing about an entry depends on the others. */
function checkEntries(map: MapNode, shape: Shape, place: Place): void {
  const isOpen = shape.properties === undefined && place.depth < REMEMBERED_DEPTH;
  if (isOpen) for (const block of blocksOf(map.entries)) add(checkBlock(block, map, shape, place), place);
  else for (const entry of map.entries) checkEntry(entry, map, shape, place);
}

function checkEntry(entry: Entry, map: MapNode, shape: Shape, place: Place): void {
  const { properties } = shape;
  const known = properties && Object.hasOwn(properties, entry.key) ? properties[entry.key] : entryShape(shape);
  if (!known) {
    if (properties) unknownKey(entry, map, properties, place);
    return;
  }
  if (shape.keys && !FORMATS[shape.keys].accepts(entry.key)) {
    place.found.push({ kind: 'bad-name', entry, format: shape.keys });
  }
  if (entry.damaged) return;
  if (place.depth < REMEMBERED_DEPTH) add(checkRemembered(entry, map, known, place.depth + 1), place);
  else checkValue(entry.value, known, within(place, entry, map));
}

const within = ({ depth, found, misspelt }: Place, entry: Entry, owner: MapNode): Place => ({
  entry,
  owner,
  depth: depth + 1,
  found,
  misspelt,
});

function unknownKey(entry: Entry, map: MapNode, known: Record<string, Shape>, place: Place): void {
  const { entry: owner, found, misspelt } = place;
  if (owner === null && isOwnKey(entry.key)) return;
  const foreign = Object.keys(known).find((key) => known[key]?.elsewhere?.includes(entry.key));
  const meant = foreign ?? closest(wordOf(entry), likeliestFirst(known, entry.value));
  found.push({ kind: 'unknown-key', entry, map, known, meant, foreign: foreign !== undefined, owner });
  if (meant) misspelt.set(map, new Set(misspelt.get(map)).add(meant));
}

/** `target:y` is `target` with a space missing. */
const wordOf = ({ key, value }: Entry): string => (isNothing(value) ? key.replace(/:.*$/s, '') : key);

/** Of keys that are equally near, one that takes such a value. */
function likeliestFirst(known: Record<string, Shape>, value: TreeNode): string[] {
  const takes = (key: string) => (known[key] && fittingShape(value, known[key]) ? 0 : 1);
  return Object.keys(known).sort((one, other) => takes(one) - takes(other));
}

/** Sections, and what stands in them. Further in nothing would be gained. */
const REMEMBERED_DEPTH = 2;

/** By shape: the grammar is the same for every file, so that what stays has the same mismatches. */
const checked = new WeakMap<object, Structure & { shape: Shape }>();

function checkBlock(block: readonly Entry[], map: MapNode, shape: Shape, place: Place): Structure {
  return checkOnce(block, shape, (found) => {
    for (const entry of block) checkEntry(entry, map, shape, { ...place, ...found });
  });
}

function checkRemembered(entry: Entry, map: MapNode, shape: Shape, depth: number): Structure {
  return checkOnce(entry, shape, (found) => checkValue(entry.value, shape, { ...found, entry, owner: map, depth }));
}

function checkOnce(key: object, shape: Shape, check: (found: Pick<Place, 'found' | 'misspelt'>) => void): Structure {
  const earlier = checked.get(key);
  if (earlier?.shape === shape) return earlier;
  const found: Mismatch[] = [];
  const misspelt = new Map<TreeNode, Set<string>>();
  check({ found, misspelt });
  const structure = { shape, mismatches: found, misspelt };
  checked.set(key, structure);
  return structure;
}

function add({ mismatches, misspelt }: Structure, place: Place): void {
  for (const mismatch of mismatches) place.found.push(mismatch);
  for (const [map, meant] of misspelt) place.misspelt.set(map, new Set([...(place.misspelt.get(map) ?? []), ...meant]));
}
