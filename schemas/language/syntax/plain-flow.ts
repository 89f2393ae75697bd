import type { Ground, TreeNode } from './tree.ts';
import { Entry, ListNode, MapNode } from './tree.ts';

/** A word as it stands in a line: null where it only looks plain. */
export type ReadWord = (word: string, from: number) => TreeNode | null;

// as in plain-piece.ts, but for the signs that a list or a map on one line is written with
const WORD = '[A-Za-z_./$][!"$-+\\--9;-Z\\\\^-z|~]*(?: +[!"$-+\\--9;-Z\\\\^-z|~]+)*';
const NUMBER = '-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,15})?';
const QUOTED = '"[ !#-\\[\\]-~]*"|\'[ -&(-~]*\'';
const KEY = /([A-Za-z_][\w.-]{0,200}): +/y;
const SCALAR = new RegExp(`(?:${WORD}|${NUMBER}|${QUOTED})(?= *[,\\]}])`, 'y');
const SPACES = / */y;
const NEXT = / *([,\]}]) */y;

/** Deeper ones are the library's. */
const DEEPEST = 4;

/** `[a, b]` and `{a: 1, b: [c]}` on one line, of plain words: null wherever a sign might mean anything else. */
export function readPlainFlow(text: string, from: number, to: number, ground: Ground, word: ReadWord): TreeNode | null {
  const reader = new FlowReader(text, ground, word);
  const node = reader.collection(from, 1);
  return node?.to === to ? node : null;
}

class FlowReader {
  readonly #text: string;
  readonly #ground: Ground;
  readonly #word: ReadWord;

  constructor(text: string, ground: Ground, word: ReadWord) {
    this.#text = text;
    this.#ground = ground;
    this.#word = word;
  }

  collection(from: number, depth: number): ListNode | MapNode | null {
    if (depth > DEEPEST) return null;
    return this.#text[from] === '[' ? this.#list(from, depth) : this.#map(from, depth);
  }

  #list(from: number, depth: number): ListNode | null {
    const items: TreeNode[] = [];
    for (let at = this.#after(SPACES, from + 1); this.#text[at] !== ']' || items.length > 0; ) {
      const item = this.#value(at, depth);
      if (!item) return null;
      items.push(item);
      const end = this.#next(item.to, ']');
      if (end === null) return null;
      if (end.isOver) return new ListNode({ ground: this.#ground, from, to: end.at }, items);
      at = end.at;
    }
    return new ListNode({ ground: this.#ground, from, to: this.#after(SPACES, from + 1) + 1 }, []);
  }

  #map(from: number, depth: number): MapNode | null {
    const entries: Entry[] = [];
    const mapTo = (to: number) =>
      new MapNode({ ground: this.#ground, from, to }, { entries, flow: true, partial: false });
    for (let at = this.#after(SPACES, from + 1); this.#text[at] !== '}' || entries.length > 0; ) {
      KEY.lastIndex = at;
      const [, key] = KEY.exec(this.#text) ?? [];
      const value = key === undefined ? null : this.#value(KEY.lastIndex, depth);
      if (key === undefined || !value) return null;
      entries.push(new Entry({ key, value }, { ground: this.#ground, from: at, to: at + key.length }));
      const end = this.#next(value.to, '}');
      if (end === null) return null;
      if (end.isOver) return mapTo(end.at);
      at = end.at;
    }
    return mapTo(this.#after(SPACES, from + 1) + 1);
  }

  #value(at: number, depth: number): TreeNode | null {
    if (this.#text[at] === '[' || this.#text[at] === '{') return this.collection(at, depth + 1);
    SCALAR.lastIndex = at;
    const [word] = SCALAR.exec(this.#text) ?? [];
    return word === undefined ? null : this.#word(word, at);
  }

  /** Behind a value: what follows the comma, or where the closing sign ends. */
  #next(at: number, closing: string): { at: number; isOver: boolean } | null {
    NEXT.lastIndex = at;
    const [, sign] = NEXT.exec(this.#text) ?? [];
    if (sign === ',') return { at: NEXT.lastIndex, isOver: false };
    return sign === closing ? { at: this.#text.indexOf(closing, at) + 1, isOver: true } : null;
  }

  #after(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    pattern.test(this.#text);
    return pattern.lastIndex;
  }
}
