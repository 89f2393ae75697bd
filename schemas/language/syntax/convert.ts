import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { Span } from '../positions.ts';
import type { AnchorScope } from './anchors.ts';
import { LIMITS } from './limits.ts';
import { mergeInto } from './merge.ts';
import type { Ground, Placing, Problem, TreeNode } from './tree.ts';
import { Entry, ListNode, MapNode, ScalarNode, UnknownNode } from './tree.ts';

/** How a piece is read. */
export interface Conversion {
  text: string;
  ground: Ground;
  /** where the parsed text begins on its ground */
  base: number;
  anchors: AnchorScope;
  problems: Problem[];
  /** aliases whose anchor was not found: in a broken file it may be in what could not be read */
  missing: Problem[];
}

export function convertDocument({ contents }: Document.Parsed, conversion: Conversion): TreeNode | null {
  return contents === null ? null : convert(contents, conversion);
}

function placingOf(node: Node | null | undefined, { ground, base }: Conversion): Placing {
  const [start, end] = node?.range ?? [0, 0];
  return { ground, from: start + base, to: end + base };
}

const UP_TO_COLON = /(?:[\s?]|#.*)*(?=:)/y;

/** A name that is missing is missing before its colon; the library looks for it above the comments that stand there. */
function keyPlaceOf(key: Node, conversion: Conversion): Placing {
  const place = placingOf(key, conversion);
  if (place.from < place.to || !key.range) return place;
  UP_TO_COLON.lastIndex = key.range[1];
  const between = UP_TO_COLON.exec(conversion.text)?.[0] ?? '';
  const at = place.to + between.length;
  return { ...place, from: at, to: at };
}

/** The library counts to a block what follows it, up to the next word: ours ends where its last value does. */
function blockOf(node: YAMLMap | YAMLSeq, conversion: Conversion): Placing {
  const place = placingOf(node, conversion);
  return node.flow ? place : { ...place, to: Math.max(place.from, endOf(node) + conversion.base) };
}

function endOf(node: unknown): number {
  if (isPair(node)) return Math.max(endOf(node.key), endOf(node.value));
  if ((isMap(node) || isSeq(node)) && !node.flow) return endOf(node.items.at(-1));
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

const spanOf = ({ ground, from, to }: Placing): Span => [ground.offset + from, ground.offset + to];

function convert(node: unknown, conversion: Conversion): TreeNode {
  if (isAlias(node)) return followAlias(node.source, placingOf(node, conversion), conversion);
  const converted = convertContent(node, conversion);
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor) conversion.anchors.defined.set(anchor, converted);
  return converted;
}

function convertContent(node: unknown, conversion: Conversion): TreeNode {
  if (isMap(node)) return convertMap(node, conversion);
  if (isSeq(node)) return convertList(node, conversion);
  if (!isScalar(node)) return new UnknownNode(placingOf(null, conversion));
  const { value, source } = node;
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return new ScalarNode(placingOf(node, conversion), {
    value: plain,
    text: source ?? (plain === null ? '' : String(plain)),
    quoted: node.type !== 'PLAIN',
  });
}

function convertList(node: YAMLSeq, conversion: Conversion): ListNode {
  const items = node.items.map((item) => (isPair(item) ? pairAsMap(item, conversion) : convert(item, conversion)));
  return new ListNode(blockOf(node, conversion), items);
}

/** `[a: b]` is a list that holds a map. */
function pairAsMap(pair: Pair, conversion: Conversion): MapNode {
  const entry = convertEntry(pair, conversion);
  const { ground, base } = conversion;
  const [from, to] = entry ? [entry.span[0] - ground.offset, entry.span[1] - ground.offset] : [base, base];
  return new MapNode({ ground, from, to }, { entries: entry ? [entry] : [], flow: true, partial: !entry });
}

function convertMap(node: YAMLMap, conversion: Conversion): MapNode {
  const map = { entries: [] as Entry[], partial: false };
  const merged: Entry[] = [];
  for (const pair of node.items) {
    const entry = convertEntry(pair, conversion);
    if (!entry) map.partial = true;
    else if (isMergeKey(pair)) merged.push(entry);
    else map.entries.push(entry);
  }
  for (const entry of merged) mergeInto(map, entry, conversion.problems);
  return new MapNode(blockOf(node, conversion), { ...map, flow: node.flow === true });
}

const isMergeKey = (pair: Pair) => isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';

function convertEntry(pair: Pair, conversion: Conversion): Entry | null {
  const { key, value } = pair;
  if (!isScalar(key)) {
    const node = isMap(key) || isSeq(key) || isAlias(key) ? key : null;
    conversion.problems.push({
      kind: 'syntax',
      span: spanOf(placingOf(node, conversion)),
      message: 'A key must be a plain word here: give the name itself, not a map, a list or an alias.',
    });
    return null;
  }
  const place = keyPlaceOf(key, conversion);
  const content = value === null || value === undefined ? nothingAfter(place) : convert(value, conversion);
  const name = key.source ?? String(key.value ?? '');
  return new Entry({ key: name, value: content }, place, isAlias(value) ? placingOf(value, conversion) : content);
}

const nothingAfter = ({ ground, to }: Placing): ScalarNode =>
  new ScalarNode({ ground, from: to, to }, { value: null, text: '', quoted: false });

/** Content is shared, never copied, so a bomb of aliases costs nothing to read; whoever walks it is kept safe here. */
function followAlias(name: string, place: Placing, { anchors, problems, missing }: Conversion): TreeNode {
  const target = anchors.find(name);
  if (!target) {
    const message = `There is no anchor \`&${name}\` above this alias: define it first, or correct the name.`;
    missing.push({ kind: 'syntax', span: spanOf(place), message });
    return new UnknownNode(place);
  }
  if (!anchors.count(target.size)) {
    const message = `The aliases of this file stand for more than ${LIMITS.aliasNodes} values: write fewer of them.`;
    if (!problems.some((problem) => problem.kind === 'refused')) {
      problems.push({ kind: 'refused', span: spanOf(place), message });
    }
    return new UnknownNode(place);
  }
  return target.kind === 'scalar' ? new ScalarNode(place, target) : target;
}
