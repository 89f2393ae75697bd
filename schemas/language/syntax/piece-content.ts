import { copyOf } from '../own-text.ts';
import type { Anchors } from './anchors.ts';
import type { Cut } from './cut.ts';
import { isKeyAt } from './cut.ts';
import type { PieceTree } from './piece.ts';
import { parsePiece } from './piece.ts';
import { readPlainPiece } from './plain-piece.ts';
import { levelOf, recoverSection } from './recover.ts';
import type { Entry, Ground, MapNode, Problem, TreeNode } from './tree.ts';
import { findEntry, newGround } from './tree.ts';

/** A piece of the file, and what was read of it: good for as long as its text stays, wherever it moves. */
export interface Piece {
  ground: Ground;
  length: number;
  role: Cut['role'];
  indent: number;
  /** the first key of the file, or below its header */
  first: boolean;
  /** it begins with a key and its colon, so that what stands around it is all the same to it */
  certain: boolean;
  content: PieceContent;
}

/** What was read of a piece. Places count from its beginning. */
export interface PieceContent {
  entries: readonly Entry[];
  problems: readonly Problem[];
  /** aliases whose anchor was not found */
  missing: readonly Problem[];
  /** a syntax error lies within */
  broken: boolean;
  partial: boolean;
  /** of the map that it is */
  from: number;
  to: number;
  /** anchors that it defines, that it takes from above, and that a broken piece might define */
  defined: ReadonlyMap<string, TreeNode>;
  asked: ReadonlyMap<string, TreeNode | undefined>;
  spoilt: readonly string[];
  aliasNodes: number;
}

const NOTHING: PieceContent = {
  entries: [],
  problems: [],
  missing: [],
  broken: false,
  partial: false,
  from: 0,
  to: 0,
  defined: new Map(),
  asked: new Map(),
  spoilt: [],
  aliasNodes: 0,
};

/** Null for what is refused: then the whole decides. */
export function readPiece(slice: string, { role, indent }: Cut, first: boolean, above: Anchors): Piece | null {
  const isChild = role === 'child';
  const certain = isKeyAt(slice, isChild ? indent : 0);
  const ground = newGround(0);
  const piece = { ground, length: slice.length, role, indent, first, certain };
  // what stands above the first key was looked at when the text was cut
  if (role === 'above') return { ...piece, content: NOTHING };
  const text = copyOf(slice);
  const plain = certain ? readPlainPiece(text, ground) : null;
  if (plain) return { ...piece, content: { ...NOTHING, entries: plain.entries, from: plain.from, to: plain.to } };
  const lead = certain ? '' : leadOf(isChild, indent, first);
  const tree = parsePiece({ text: lead + text, ground, base: -lead.length, above, level: isChild ? 2 : 0 });
  if (tree.problems.some(({ kind }) => kind !== 'syntax')) return null;
  const root = lead === HEADER ? findEntry(tree.root, '_')?.value : tree.root;
  if (tree.broken || root?.kind !== 'map') {
    const part = { text, ground, base: 0 };
    const found = isChild ? levelOf(parsePiece(part)) : recoverSection(part);
    return { ...piece, content: { ...NOTHING, ...found, broken: true, spoilt: anchorsIn(text) } };
  }
  return { ...piece, content: contentOf(tree, root) };
}

/** What stands before a word without a colon says what it is: a value of the key above, or a key among others. */
function leadOf(isChild: boolean, indent: number, first: boolean): string {
  if (first) return isChild ? HEADER : '';
  return ' '.repeat(isChild ? indent : 0) + NEIGHBOUR;
}

const HEADER = '_:\n';
const NEIGHBOUR = '_: 0\n';

function contentOf({ problems, missing, anchors }: PieceTree, root: MapNode): PieceContent {
  const { defined, asked, aliasNodes } = anchors;
  root.ground.linked = [...asked.values()].some((node) => node !== undefined);
  const { offset } = root.ground;
  // what leads stands before the ground
  const entries = root.entries.filter(({ keySpan }) => keySpan[0] >= offset);
  const from = Math.max(root.from, (entries[0]?.keySpan[0] ?? offset) - offset);
  return {
    ...NOTHING,
    entries,
    problems,
    missing,
    partial: root.partial,
    from,
    to: root.to,
    defined,
    asked,
    aliasNodes,
  };
}

/** It would be read the same again: what it took from above is still there. */
export function isGood({ content, certain, first }: Piece, nowFirst: boolean, above: Anchors): boolean {
  if (!certain && first !== nowFirst) return false;
  if (content.asked.size === 0) return true;
  for (const [name, node] of content.asked) if (above.get(name) !== node) return false;
  return true;
}

const anchorsIn = (text: string): string[] => Array.from(text.matchAll(/&([^\s,[\]{}]+)/g), ([, name = '']) => name);
