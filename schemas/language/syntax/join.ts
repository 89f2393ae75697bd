import { listOf } from '../blocks.ts';
import type { Group } from './group.ts';
import { grouped } from './group.ts';
import type { Piece } from './piece-content.ts';
import type { Pieces } from './recut.ts';
import type { Entry, Problem, SyntaxTree } from './tree.ts';
import { MapNode } from './tree.ts';

/** The pieces as one tree. */
export function joined({ pieces }: Pieces): SyntaxTree {
  const broken = pieces.some(({ content }) => content.broken);
  const sections = sectionsOf(pieces).map(({ header, children }) => joinOnce(header, children, broken));
  const problems = sections.flatMap((section) => section.problems);
  const entries = sections.flatMap((section) => section.entries);
  const [above, first] = pieces;
  const last = pieces.at(-1);
  if (!above || !first || !last) return { root: null, problems };
  const whole = { ground: above.ground, from: 0, last: last.ground, to: last.length };
  const exact = { ground: first.ground, from: first.content.from, last: last.ground, to: last.content.to };
  const content = { entries, flow: false, partial: broken };
  return { root: new MapNode(broken ? whole : exact, content), problems };
}

/** A key with its children, or a piece that stands alone. */
function sectionsOf(pieces: readonly Piece[]): { header: Piece; children: Piece[] }[] {
  const sections: { header: Piece; children: Piece[] }[] = [];
  for (const piece of pieces) {
    const section = sections.at(-1);
    if (piece.role === 'child' && section) section.children.push(piece);
    else sections.push({ header: piece, children: [] });
  }
  return sections;
}

interface Section {
  entries: readonly Entry[];
  problems: Problem[];
}

const joinedBefore = new WeakMap<Piece, { groups: readonly Group[]; broken: boolean; section: Section | null }>();

/** A section of which nothing changed keeps its identity. */
function joinOnce(header: Piece, children: readonly Piece[], broken: boolean): Section {
  const known = joinedBefore.get(header);
  const before = known?.groups ?? [];
  const groups = grouped(children, before);
  const isSame = groups.length === before.length && groups.every((group, at) => group === before[at]);
  if (known?.section && known.broken === broken && isSame) return known.section;
  const section = joinSection(header, children, groups, broken);
  // problems stand where they stood then
  joinedBefore.set(header, { groups, broken, section: section.problems.length === 0 ? section : null });
  return section;
}

function joinSection(header: Piece, children: readonly Piece[], groups: readonly Group[], broken: boolean): Section {
  const [first] = children;
  const last = children.at(-1);
  const [entry] = header.content.entries;
  if (!first || !last || !entry) return { entries: header.content.entries, problems: problemsOf(header, broken) };
  const problems = children.filter(isComplainedAbout).flatMap((child) => problemsOf(child, broken));
  const isGuess = broken && problems.length > 0;
  const placing = isGuess
    ? { ground: first.ground, from: 0, last: last.ground, to: last.length }
    : { ground: first.ground, from: first.content.from, last: last.ground, to: last.content.to };
  const value = new MapNode(placing, {
    entries: listOf(groups.map(({ entries }) => entries)),
    flow: false,
    partial: isGuess || children.some(({ content }) => content.partial),
  });
  return { entries: [entry.withValue(value)], problems };
}

const isComplainedAbout = ({ content: { problems, missing } }: Piece): boolean =>
  problems.length > 0 || missing.length > 0;

/** The anchor of an alias may be in what could not be read. */
function problemsOf({ ground, content }: Piece, broken: boolean): Problem[] {
  const { problems, missing } = content;
  return [...problems, ...(broken ? [] : missing)].map(({ span, fix, ...problem }) => ({
    ...problem,
    span: [span[0] + ground.offset, span[1] + ground.offset],
    fix: fix && { ...fix, span: [fix.span[0] + ground.offset, fix.span[1] + ground.offset] },
  }));
}
