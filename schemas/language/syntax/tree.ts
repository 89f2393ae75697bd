import type { Span } from '../positions.ts';

/**
 * The file as a tree of our own: aliases followed, merge keys merged, and places kept. Rules and editor features read
 * this, never the YAML library's nodes, so that how the text is parsed can change without them.
 */
export type TreeNode = ScalarNode | ListNode | MapNode | UnknownNode;

/**
 * Where a piece of the text stands. Text that is written above a piece moves its ground, and with it all that was read of
 * the piece, which need not be read again.
 */
export interface Ground {
  offset: number;
  /** it holds aliases of what stands in other pieces, which may move while it stays */
  linked: boolean;
}

export const newGround = (offset: number): Ground => ({ offset, linked: false });

/** Counts from where the ground is. */
export interface Placing {
  ground: Ground;
  from: number;
  to: number;
  /** the ground of the end, where it is another */
  last?: Ground;
}

/** Copying one with `...` loses its place: places are asked for, never kept. */
class Placed {
  readonly ground: Ground;
  readonly from: number;
  readonly to: number;

  constructor({ ground, from, to }: Placing) {
    this.ground = ground;
    this.from = from;
    this.to = to;
  }

  get span(): Span {
    return [this.ground.offset + this.from, this.ground.offset + this.to];
  }
}

export class ScalarNode extends Placed {
  readonly kind = 'scalar';
  readonly value: string | number | boolean | null;
  /** as it stands in the file, quotes left out */
  readonly text: string;
  readonly quoted: boolean;
  /** how many nodes it stands for, aliases followed */
  readonly size = 1;

  constructor(placing: Placing, { value, text, quoted }: Pick<ScalarNode, 'value' | 'text' | 'quoted'>) {
    super(placing);
    this.value = value;
    this.text = text;
    this.quoted = quoted;
  }
}

export class ListNode extends Placed {
  readonly kind = 'list';
  readonly items: TreeNode[];
  readonly size: number;

  constructor(placing: Placing, items: TreeNode[]) {
    super(placing);
    this.items = items;
    this.size = sizeOf(items);
  }
}

export class MapNode extends Placed {
  readonly kind = 'map';
  readonly entries: Entry[];
  /** written as `{…}` */
  readonly flow: boolean;
  /** more may belong to it than could be read: say nothing about what is missing */
  readonly partial: boolean;
  readonly size: number;
  readonly #last: Ground;

  constructor(placing: Placing, { entries, flow, partial }: Pick<MapNode, 'entries' | 'flow' | 'partial'>) {
    super(placing);
    this.#last = placing.last ?? placing.ground;
    this.entries = entries;
    this.flow = flow;
    this.partial = partial;
    this.size = entries.reduce((sum, { value }) => sum + value.size, 1);
  }

  override get span(): Span {
    return [this.ground.offset + this.from, this.#last.offset + this.to];
  }
}

/** Something that could not be read; a problem tells why. Nothing more is said about it. */
export class UnknownNode extends Placed {
  readonly kind = 'unknown';
  readonly size = 1;
}

export class Entry {
  readonly key: string;
  readonly value: TreeNode;
  /** came in through a merge key */
  readonly inherited: boolean;
  /** a syntax error lies within: its content is a guess */
  readonly damaged: boolean;
  readonly #place: Placed;
  /** of its own text: an alias has its content elsewhere */
  readonly #end: Placed;

  constructor({ key, value, inherited = false, damaged = false }: EntryContent, place: Placing, end: Placing = value) {
    this.key = key;
    this.value = value;
    this.inherited = inherited;
    this.damaged = damaged;
    this.#place = new Placed(place);
    this.#end = end instanceof Placed ? end : new Placed(end);
  }

  get ground(): Ground {
    return this.#place.ground;
  }

  get keySpan(): Span {
    return this.#place.span;
  }

  /** from the key to the end of the value */
  get span(): Span {
    const [start, end] = this.#place.span;
    return [start, Math.max(end, this.#end.span[1])];
  }

  asInherited(): Entry {
    return new Entry({ ...this.#content(), inherited: true }, this.#place, this.#end);
  }

  asDamaged(): Entry {
    return new Entry({ ...this.#content(), damaged: true }, this.#place, this.#end);
  }

  /** With what stands below its key. */
  withValue(value: TreeNode): Entry {
    return new Entry({ ...this.#content(), value }, this.#place);
  }

  #content(): EntryContent {
    const { key, value, inherited, damaged } = this;
    return { key, value, inherited, damaged };
  }
}

interface EntryContent {
  key: string;
  value: TreeNode;
  inherited?: boolean;
  damaged?: boolean;
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
  if (node?.kind !== 'map') return undefined;
  const { entries } = node;
  // asked for dozens of times a step: nothing is as quick before the code is optimized
  for (let at = 0; at < entries.length; at++) if (entries[at]?.key === key) return entries[at];
  return undefined;
}

export const isNothing = (node: TreeNode): boolean => node.kind === 'scalar' && node.value === null;

const sizeOf = (nodes: readonly TreeNode[]) => nodes.reduce((sum, node) => sum + node.size, 1);
