import type { Span } from '../positions.ts';

/**
 * The file as a tree of our own: aliases followed, merge keys merged, and places kept. Rules and editor features read
 * this, never the YAML library's nodes, so that how the text is parsed can change without them.
 */
export type TreeNode = ScalarNode | ListNode | MapNode | UnknownNode;

export interface ScalarNode {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** as it stands in the file, quotes left out */
  text: string;
  quoted: boolean;
  span: Span;
  /** how many nodes it stands for, aliases followed */
  size: number;
}

export interface ListNode {
  kind: 'list';
  items: TreeNode[];
  span: Span;
  size: number;
}

export interface MapNode {
  kind: 'map';
  entries: Entry[];
  /** written as `{…}` */
  flow: boolean;
  /** more may belong to it than could be read: say nothing about what is missing */
  partial: boolean;
  span: Span;
  size: number;
}

/** Something that could not be read; a problem tells why. Nothing more is said about it. */
export interface UnknownNode {
  kind: 'unknown';
  span: Span;
  size: number;
}

export interface Entry {
  key: string;
  keySpan: Span;
  value: TreeNode;
  /** from the key to the end of the value */
  span: Span;
  /** came in through a merge key */
  inherited: boolean;
  /** a syntax error lies within: its content is a guess */
  damaged: boolean;
}

/** Something wrong with the text itself. */
export interface Problem {
  kind: 'syntax' | 'refused' | 'documents';
  span: Span;
  message: string;
  fix?: { title: string; span: Span; newText: string };
}

export interface SyntaxTree {
  root: TreeNode | null;
  problems: Problem[];
}

export function findEntry(node: TreeNode | null | undefined, key: string): Entry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

export const unknownNode = (span: Span): UnknownNode => ({ kind: 'unknown', span, size: 1 });
export const isNothing = (node: TreeNode): boolean => node.kind === 'scalar' && node.value === null;
