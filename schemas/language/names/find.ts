import type { Blocks } from '../blocks.ts';
import { blocksOf, byBlock, listOf } from '../blocks.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { Reference } from '../expressions/references.ts';
import { hasExpression } from '../expressions/template.ts';
import { FILE_SHAPE } from '../grammar/file.ts';
import { shapeOfEntry } from '../grammar/settings.ts';
import type { Shape } from '../grammar/shape.ts';
import { optionFor } from '../grammar/shape.ts';
import type { Span } from '../positions.ts';
import type { Entry, Ground, MapNode, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { nameIn, namingOf } from './naming.ts';
import type { NameKind, Occurrence } from './occurrence.ts';
import { NAMED_SECTIONS } from './sections.ts';

/** A file as read: what the names are found in. */
export interface NamedFile {
  document: { text: string; root: TreeNode | null };
  expressions: readonly PlacedExpression[];
}

/** Every name of the file at every place, definitions and references alike. */
export function occurrencesIn({ document: { text, root }, expressions }: NamedFile): Occurrence[] {
  const sections = Array.from(definitionsIn, ([section, find]) => {
    const value = findEntry(root, section)?.value;
    return value?.kind === 'map' ? blocksOf(find(value.entries, text)) : [];
  });
  const params = newWalk(text);
  defineParams(findEntry(root, 'params')?.value, [], params);
  return listOf([
    ...sections.flat(),
    params.found,
    ...(root ? valuesIn(root, text) : []),
    ...blocksOf(namedInExpressions(expressions, text)),
  ]);
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
  /** where aliases may stand; null in a text without anchors, in which each value is met once */
  aliased: Aliased | null;
}

interface Aliased {
  /** what stands behind an anchor is met once for each alias */
  seen: Set<TreeNode>;
  /** what stands elsewhere, behind an alias, is met there */
  own: Span;
}

const newWalk = (text: string, aliased: Aliased | null = null): Walk => ({ text, found: [], aliased });

/** A name that moves with what holds it: nothing is copied when something is written above. */
class PlacedName implements Occurrence {
  readonly kind: NameKind;
  readonly name: string;
  readonly role: Occurrence['role'];
  readonly dotted: boolean;
  readonly #ground: Ground;
  readonly #from: number;
  readonly #to: number;

  constructor({ kind, name, role, dotted, span: [start, end] }: Occurrence, ground: Ground) {
    this.kind = kind;
    this.name = name;
    this.role = role;
    this.dotted = dotted;
    this.#ground = ground;
    this.#from = start - ground.offset;
    this.#to = end - ground.offset;
  }

  get span(): Span {
    const { offset } = this.#ground;
    return [offset + this.#from, offset + this.#to];
  }
}

const definitionsOf = (kind: NameKind) =>
  byBlock((entries: readonly Entry[], text: string): Occurrence[] => {
    const walk = newWalk(text);
    for (const entry of entries) if (isOwn(entry)) define(kind, entry.key, entry, walk);
    return walk.found;
  });

const definitionsIn = new Map(Array.from(NAMED_SECTIONS, ([section, kind]) => [section, definitionsOf(kind)]));

const isOwn = ({ inherited, key }: Entry): boolean => !inherited && key !== '';

function define(kind: NameKind, name: string, { key, keySpan, ground }: Entry, { text, found }: Walk): void {
  const span = innerSpan(keySpan, text);
  if (!isWritten(key, span, text)) return;
  found.push(new PlacedName({ kind, name, span, role: 'definition', dotted: false }, ground));
}

/** Escaped or folded, a word is not there letter by letter. */
const isWritten = (word: string, span: Span, text: string): boolean => text.slice(...span) === word;

function defineParams(node: TreeNode | undefined, above: readonly string[], walk: Walk): void {
  for (const entry of node?.kind === 'map' ? node.entries.filter(isOwn) : []) {
    const path = [...above, entry.key];
    define('param', path.join('.'), entry, walk);
    defineParams(entry.value, path, walk);
  }
}

function walkValue(node: TreeNode, shape: Shape, entry: Entry | null, walk: Walk): void {
  if (walk.aliased && !isMetHere(node, walk.aliased)) return;
  if (node.kind === 'map') walkMap(node, shape, walk);
  else if (node.kind === 'list') {
    const items = optionFor(shape, 'array')?.items;
    if (items) for (const item of node.items) walkValue(item, items, entry, walk);
  } else if (node.kind === 'scalar') walkScalar(node, shape, entry, walk);
}

function isMetHere(node: TreeNode, { seen, own: [from, to] }: Aliased): boolean {
  const [start] = node.span;
  return from <= start && start <= to && !seen.has(node) && seen.add(node) !== undefined;
}

function walkMap(map: MapNode, shape: Shape, walk: Walk): void {
  const mapShape = optionFor(shape, 'object');
  if (!mapShape) return;
  for (const entry of map.entries) {
    if (!isSound(entry)) continue;
    if (mapShape.keysName) namedKey(entry, walk);
    walkValue(entry.value, shapeOfEntry(entry, map, mapShape), entry, walk);
  }
}

/** What comes from elsewhere is met there; what is damaged was guessed: nothing is said about it. */
const isSound = ({ inherited, damaged }: Entry): boolean => !inherited && !damaged;

/** `space: {train.lr: …}` */
function namedKey({ key, keySpan, ground }: Entry, { text, found }: Walk): void {
  const span = innerSpan(keySpan, text);
  if (key === '' || !isWritten(key, span, text)) return;
  for (const one of dottedParam(key, span[0])) found.push(new PlacedName(one, ground));
}

/** The names in the values of sections, whose entries stay as they are while others change. */
function valuesIn(root: TreeNode, text: string): Blocks<Occurrence> {
  if (root.kind !== 'map') return [];
  const seen = new Set<TreeNode>();
  const mayAlias = text.includes('&');
  return root.entries.filter(isSound).flatMap((section): Blocks<Occurrence> => {
    const { value } = section;
    const shape = shapeOfEntry(section, root, FILE_SHAPE);
    if (seen.has(value)) return [];
    seen.add(value);
    if (value.kind === 'map')
      return blocksOf(value.entries).map((block) => valuesOf(block, value, shape, { text, mayAlias }));
    const walk = walkIn(section, { text, mayAlias });
    walkValue(value, shape, section, walk);
    return [walk.found];
  });
}

const valuesKnown = new WeakMap<readonly Entry[], { shape: Shape; names: readonly Occurrence[] }>();

interface FileText {
  text: string;
  mayAlias: boolean;
}

const walkIn = (entry: Entry, { text, mayAlias }: FileText): Walk =>
  newWalk(text, mayAlias ? { seen: new Set(), own: entry.span } : null);

function valuesOf(block: readonly Entry[], map: MapNode, shape: Shape, file: FileText): readonly Occurrence[] {
  const known = valuesKnown.get(block);
  if (known?.shape === shape) return known.names;
  const mapShape = optionFor(shape, 'object');
  const found: Occurrence[] = [];
  for (const entry of mapShape ? block.filter(isSound) : []) {
    const walk = { ...walkIn(entry, file), found };
    if (mapShape) walkValue(entry.value, shapeOfEntry(entry, map, mapShape), entry, walk);
  }
  valuesKnown.set(block, { shape, names: found });
  return found;
}

function walkScalar(node: ScalarNode, shape: Shape, entry: Entry | null, { text, found }: Walk): void {
  const { value } = node;
  const naming = namingOf(shape);
  // an alias has its text elsewhere
  if (!naming || typeof value !== 'string' || value === '' || hasExpression(value) || text.charAt(node.span[0]) === '*')
    return;
  const [start, end] = innerSpan(node.span, text);
  const named = nameIn(value, naming, entry);
  if (!named || !isWritten(value, [start, end], text)) return;
  const { kind, name, role, length = end - start } = named;
  if (kind === 'param') for (const one of dottedParam(name, start)) found.push(new PlacedName(one, node.ground));
  else found.push(new PlacedName({ kind, name, span: [start, start + length], role, dotted: false }, node.ground));
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

/** Without the quotes. */
export function innerSpan([start, end]: Span, text: string): Span {
  const quoted = end - start >= 2 && (text.charAt(start) === '"' || text.charAt(start) === "'");
  return quoted ? [start + 1, end - 1] : [start, end];
}

const namedInExpressions = byBlock((expressions: readonly PlacedExpression[], text: string) =>
  expressions.flatMap(({ references, base, ground }) =>
    references.flatMap((reference) => inExpression(reference, base, text).map((name) => new PlacedName(name, ground))),
  ),
);

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
