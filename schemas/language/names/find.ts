import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { Reference } from '../expressions/references.ts';
import { hasExpression } from '../expressions/template.ts';
import { FILE_SHAPE } from '../grammar/file.ts';
import { shapeOfEntry } from '../grammar/settings.ts';
import type { Shape } from '../grammar/shape.ts';
import { optionFor } from '../grammar/shape.ts';
import type { Span } from '../positions.ts';
import type { Entry, MapNode, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { normalPath } from '../values/paths.ts';
import type { NameKind, Occurrence } from './occurrence.ts';
import { NAMED_SECTIONS } from './sections.ts';

/** A file as read: what the names are found in. */
export interface NamedFile {
  document: { text: string; root: TreeNode | null };
  expressions: readonly PlacedExpression[];
}

/** Every name of the file at every place, definitions and references alike. */
export function occurrencesIn({ document: { text, root }, expressions }: NamedFile): Occurrence[] {
  const definitions: Occurrence[] = [];
  for (const [section, kind] of NAMED_SECTIONS) {
    for (const entry of ownEntries(findEntry(root, section)?.value)) {
      for (const definition of defined(entry, kind, text)) definitions.push(definition);
    }
  }
  const params = newWalk(text);
  defineParams(findEntry(root, 'params')?.value, [], params);
  const values = newWalk(text);
  if (root) walkValue(root, FILE_SHAPE, null, values);
  const inExpressions = expressions.flatMap((expression) => namedIn(expression, text));
  return [...definitions, ...params.found, ...values.found, ...inExpressions];
}

/** Of a params file: every name in it is a param. */
export function paramNamesIn({ text, root }: { text: string; root: TreeNode | null }): Occurrence[] {
  const walk = newWalk(text);
  defineParams(root ?? undefined, [], walk);
  return walk.found;
}

interface Walk {
  text: string;
  found: Occurrence[];
  /** what stands behind an anchor is met once for each alias */
  seen: Set<TreeNode>;
  /** entries that lie around */
  depth: number;
  /** what stands elsewhere, behind an alias, is met there */
  own: Span | null;
}

const newWalk = (text: string): Walk => ({ text, found: [], seen: new Set(), depth: 0, own: null });

/** Names that were found in something, and how far it has moved since. */
interface Standing {
  offset: number;
  readonly moved: Moved;
  names: readonly Occurrence[];
}

interface Moved {
  by: number;
}

/** A name that moves with what holds it: nothing is copied when something is written above. */
class MovingName implements Occurrence {
  readonly kind: NameKind;
  readonly name: string;
  readonly role: Occurrence['role'];
  readonly dotted: boolean;
  readonly #span: Span;
  readonly #moved: Moved;

  constructor({ kind, name, role, dotted, span }: Occurrence, moved: Moved) {
    this.kind = kind;
    this.name = name;
    this.role = role;
    this.dotted = dotted;
    this.#span = span;
    this.#moved = moved;
  }

  get span(): Span {
    const [start, end] = this.#span;
    return [start + this.#moved.by, end + this.#moved.by];
  }
}

function standing(offset: number, found: readonly Occurrence[]): Standing {
  const moved: Moved = { by: 0 };
  return { offset, moved, names: found.map((name) => new MovingName(name, moved)) };
}

function standingAt(offset: number, { offset: before, moved, names }: Standing): readonly Occurrence[] {
  moved.by = offset - before;
  return names;
}

const definitionsOf = new WeakMap<Entry, Standing & { kind: NameKind }>();

function defined(entry: Entry, kind: NameKind, text: string): readonly Occurrence[] {
  const known = definitionsOf.get(entry);
  const [offset] = entry.keySpan;
  if (known?.kind === kind) return standingAt(offset, known);
  const walk = newWalk(text);
  define(kind, entry.key, entry, walk);
  const made = standing(offset, walk.found);
  definitionsOf.set(entry, { ...made, kind });
  return made.names;
}

const ownEntries = (node: TreeNode | undefined): Entry[] =>
  node?.kind === 'map' ? node.entries.filter(({ inherited, key }) => !inherited && key !== '') : [];

function define(kind: NameKind, name: string, { key, keySpan }: Entry, { text, found }: Walk): void {
  const span = innerSpan(keySpan, text);
  if (isWritten(key, span, text)) found.push({ kind, name, span, role: 'definition', dotted: false });
}

/** Escaped or folded, a word is not there letter by letter. */
const isWritten = (word: string, span: Span, text: string): boolean => text.slice(...span) === word;

function defineParams(node: TreeNode | undefined, above: readonly string[], walk: Walk): void {
  for (const entry of ownEntries(node)) {
    const path = [...above, entry.key];
    define('param', path.join('.'), entry, walk);
    defineParams(entry.value, path, walk);
  }
}

function walkValue(node: TreeNode, shape: Shape, entry: Entry | null, walk: Walk): void {
  if (walk.seen.has(node) || (walk.own && !touches(node.span, walk.own))) return;
  walk.seen.add(node);
  if (node.kind === 'map') walkMap(node, shape, walk);
  else if (node.kind === 'list') {
    const items = optionFor(shape, 'array')?.items;
    if (items) for (const item of node.items) walkValue(item, items, entry, walk);
  } else if (node.kind === 'scalar') walkScalar(node, shape, entry, walk);
}

const touches = ([start]: Span, [from, to]: Span): boolean => from <= start && start <= to;

function walkMap(map: MapNode, shape: Shape, walk: Walk): void {
  const mapShape = optionFor(shape, 'object');
  if (!mapShape) return;
  for (const entry of map.entries) {
    // what is damaged was guessed: nothing is said about it
    if (entry.inherited || entry.damaged) continue;
    const entryShape = shapeOfEntry(entry, map, mapShape);
    // the entries of sections stay as they are while others change
    if (walk.depth === 1) for (const name of valuesOf(entry, entryShape, walk.text)) walk.found.push(name);
    else walkValue(entry.value, entryShape, entry, { ...walk, depth: walk.depth + 1 });
  }
}

const valuesIn = new WeakMap<Entry, Standing & { shape: Shape }>();

function valuesOf(entry: Entry, shape: Shape, text: string): readonly Occurrence[] {
  const known = valuesIn.get(entry);
  const [offset] = entry.keySpan;
  if (known?.shape === shape) return standingAt(offset, known);
  const walk: Walk = { ...newWalk(text), depth: 2, own: entry.span };
  walkValue(entry.value, shape, entry, walk);
  const made = standing(offset, walk.found);
  valuesIn.set(entry, { ...made, shape });
  return made.names;
}

function walkScalar(node: ScalarNode, shape: Shape, entry: Entry | null, { text, found }: Walk): void {
  const { value } = node;
  // an alias has its text elsewhere
  if (typeof value !== 'string' || value === '' || hasExpression(value) || text.charAt(node.span[0]) === '*') return;
  const [start, end] = innerSpan(node.span, text);
  const named = nameIn(value, shape, entry);
  if (!named || !isWritten(value, [start, end], text)) return;
  const { kind, name, role, length = end - start } = named;
  if (kind === 'param') found.push(...dottedParam(name, start));
  else found.push({ kind, name, span: [start, start + length], role, dotted: false });
}

/** `train.seed` names `train`, and `seed` in it. */
function dottedParam(name: string, start: number): Occurrence[] {
  const ends = Array.from(name.matchAll(/\.|$/g), ({ index }) => index);
  return ends.map((end, part) => ({
    kind: 'param',
    name: name.slice(0, end),
    span: [start + (part === 0 ? 0 : (ends[part - 1] ?? 0) + 1), start + end],
    role: 'reference',
    dotted: true,
  }));
}

interface Named {
  kind: NameKind;
  name: string;
  role: Occurrence['role'];
  /** of the name in the value; without it, all of it */
  length?: number;
}

function nameIn(value: string, shape: Shape, entry: Entry | null): Named | null {
  const options = shape.anyOf ?? [shape];
  const names = options.find((option) => option.names)?.names;
  if (names) return { kind: names, name: value, role: 'reference' };
  if (options.some(({ format }) => format === 'model-ref')) {
    const name = /^[^@/]+/.exec(value)?.[0];
    return name === undefined ? null : { kind: 'model', name, role: 'reference', length: name.length };
  }
  if (!options.some(({ format }) => format === 'path')) return null;
  const isOut = entry?.key === 'outs' || options.some(({ path }) => path === 'out');
  return { kind: 'path', name: normalPath(value), role: isOut ? 'definition' : 'reference' };
}

/** Without the quotes. */
export function innerSpan([start, end]: Span, text: string): Span {
  const quoted = end - start >= 2 && (text.charAt(start) === '"' || text.charAt(start) === "'");
  return quoted ? [start + 1, end - 1] : [start, end];
}

const inReferences = new WeakMap<readonly Reference[], Standing>();

function namedIn({ references, base }: PlacedExpression, text: string): readonly Occurrence[] {
  const known = inReferences.get(references);
  if (known) return standingAt(base, known);
  const made = standing(
    base,
    references.flatMap((reference) => inExpression(reference, base, text)),
  );
  inReferences.set(references, made);
  return made.names;
}

function inExpression({ path, spans }: Reference, base: number, text: string): Occurrence[] {
  const at = (part: number): Pick<Occurrence, 'span' | 'role' | 'dotted'> | undefined => {
    const span = spans[part];
    if (!span) return undefined;
    const [start, end] = span;
    const isQuoted = /["']/.test(text.charAt(base + start - 1));
    return { span: [base + start, base + end], role: 'reference', dotted: !isQuoted };
  };
  const [context] = path;
  if (context === 'params') {
    // what stands in a list has a place there, and no name
    const inList = path.findIndex((part) => typeof part === 'number');
    return path.slice(1, inList < 0 ? undefined : inList).flatMap((_, part) => {
      const place = at(part + 1);
      return place ? [{ kind: 'param' as const, name: path.slice(1, part + 2).join('.'), ...place }] : [];
    });
  }
  const place = at(1);
  return context === 'steps' && place ? [{ kind: 'step', name: String(path[1]), ...place }] : [];
}
