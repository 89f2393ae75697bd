import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Span } from '../positions.ts';
import { LIMITS } from './limits.ts';
import { mergeInto } from './merge.ts';
import type { Entry, ListNode, MapNode, Problem, ScalarNode, TreeNode } from './tree.ts';
import { unknownNode } from './tree.ts';

interface Conversion {
  /** where the parsed piece begins in the file */
  base: number;
  /** pieces of a broken file may use anchors of other pieces: those aliases are unknown, not wrong */
  loose: boolean;
  anchors: Map<string, TreeNode>;
  aliasNodes: number;
  problems: Problem[];
}

export function convertDocument(document: Document.Parsed, base: number, loose: boolean) {
  const conversion: Conversion = { base, loose, anchors: new Map(), aliasNodes: 0, problems: [] };
  const root = document.contents === null ? null : convert(document.contents, conversion);
  return { root, problems: conversion.problems };
}

function spanOf(node: Node | null | undefined, { base }: Conversion): Span {
  const [start, end] = node?.range ?? [0, 0];
  return [start + base, end + base];
}

function convert(node: unknown, conversion: Conversion): TreeNode {
  if (isAlias(node)) return followAlias(node.source, spanOf(node, conversion), conversion);
  const converted = convertContent(node, conversion);
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor) conversion.anchors.set(anchor, converted);
  return converted;
}

function convertContent(node: unknown, conversion: Conversion): TreeNode {
  if (isMap(node)) return convertMap(node, conversion);
  if (isSeq(node)) return convertList(node, conversion);
  if (!isScalar(node)) return unknownNode([conversion.base, conversion.base]);
  const { value, source } = node;
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return {
    kind: 'scalar',
    value: plain,
    text: source ?? (plain === null ? '' : String(plain)),
    quoted: node.type !== 'PLAIN',
    span: spanOf(node, conversion),
    size: 1,
  };
}

function convertList(node: YAMLSeq, conversion: Conversion): ListNode {
  const items = node.items.map((item) => (isPair(item) ? pairAsMap(item, conversion) : convert(item, conversion)));
  return { kind: 'list', items, span: spanOf(node, conversion), size: sizeOf(items) };
}

/** `[a: b]` is a list that holds a map. */
function pairAsMap(pair: Pair, conversion: Conversion): MapNode {
  const entry = convertEntry(pair, conversion);
  const span: Span = entry?.span ?? [conversion.base, conversion.base];
  return { kind: 'map', entries: entry ? [entry] : [], flow: true, partial: !entry, span, size: 1 };
}

function convertMap(node: YAMLMap, conversion: Conversion): MapNode {
  const map: MapNode = {
    kind: 'map',
    entries: [],
    flow: node.flow === true,
    partial: false,
    span: spanOf(node, conversion),
    size: 1,
  };
  const merged: Entry[] = [];
  for (const pair of node.items) {
    const entry = convertEntry(pair, conversion);
    if (!entry) map.partial = true;
    else if (isMergeKey(pair)) merged.push(entry);
    else map.entries.push(entry);
  }
  for (const entry of merged) mergeInto(map, entry, conversion.problems);
  map.size = sizeOf(map.entries.map((entry) => entry.value));
  return map;
}

const isMergeKey = (pair: Pair) => isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';

function convertEntry(pair: Pair, conversion: Conversion): Entry | null {
  const { key, value } = pair;
  if (!isScalar(key)) {
    const node = isMap(key) || isSeq(key) || isAlias(key) ? key : null;
    const span = spanOf(node, conversion);
    conversion.problems.push({
      kind: 'syntax',
      span,
      message: 'A key must be a plain word here: give the name itself, not a map, a list or an alias.',
    });
    return null;
  }
  const keySpan = spanOf(key, conversion);
  const content = value === null || value === undefined ? nothingAfter(keySpan) : convert(value, conversion);
  // an alias has its content elsewhere: the entry ends where its own text ends
  const ownEnd = isAlias(value) ? spanOf(value, conversion)[1] : content.span[1];
  return {
    key: key.source ?? String(key.value ?? ''),
    keySpan,
    value: content,
    span: [keySpan[0], Math.max(keySpan[1], ownEnd)],
    inherited: false,
    damaged: false,
  };
}

const nothingAfter = ([, end]: Span): ScalarNode => ({
  kind: 'scalar',
  value: null,
  text: '',
  quoted: false,
  span: [end, end],
  size: 1,
});

/** Content is shared, never copied, so a bomb of aliases costs nothing to read; whoever walks it is kept safe here. */
function followAlias(name: string, span: Span, conversion: Conversion): TreeNode {
  const target = conversion.anchors.get(name);
  if (!target) {
    if (!conversion.loose) {
      const message = `There is no anchor \`&${name}\` above this alias: define it first, or correct the name.`;
      conversion.problems.push({ kind: 'syntax', span, message });
    }
    return unknownNode(span);
  }
  conversion.aliasNodes += target.size;
  if (conversion.aliasNodes > LIMITS.aliasNodes) {
    const message = `The aliases of this file stand for more than ${LIMITS.aliasNodes} values: write fewer of them.`;
    if (!conversion.problems.some((problem) => problem.kind === 'refused')) {
      conversion.problems.push({ kind: 'refused', span, message });
    }
    return unknownNode(span);
  }
  return target.kind === 'scalar' ? { ...target, span } : target;
}

const sizeOf = (nodes: readonly TreeNode[]) => nodes.reduce((sum, node) => sum + node.size, 1);
