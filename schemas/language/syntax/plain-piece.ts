import { readPlainFlow } from './plain-flow.ts';
import type { Ground, TreeNode } from './tree.ts';
import { Entry, ListNode, MapNode, ScalarNode } from './tree.ts';

/**
 * Most of what people write is plain: a key and a word on each line, lists of words below a key or on its line. That much is read here,
 * many times as fast as by the YAML library, which reads all the rest: null wherever a line might mean anything else.
 */
export function readPlainPiece(text: string, ground: Ground): MapNode | null {
  const lines = text.length <= LONGEST ? linesOf(text) : null;
  if (!lines?.[0]?.key) return null;
  const reader = new PlainReader(text, lines, ground);
  const root = reader.map(lines[0].indent);
  return reader.isSure ? root : null;
}

interface Line {
  indent: number;
  /** where the key begins, or the dash */
  from: number;
  /** empty: an item of a list */
  key: string;
  /** as it is written; empty where there is none */
  value: string;
  valueFrom: number;
}

// whatever has a meaning of its own is left to the library: colons, signs before a word, all that is not ASCII
const WORDS = '[A-Za-z_./$][!"$-9;-~]*(?: +[!"$-9;-~]+)*';
const NUMBER = '-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,15})?';
const QUOTED = '"[ !#-\\[\\]-~]*"|\'[ -&(-~]*\'';
// looked at more closely by readPlainFlow: all that could be one
const FLOW = '[\\[{][ !"$-~]*[\\]}]';
const COMMENT = '#[^\\p{Cc}]*';
const END = '(?:\\r?\\n|$)';
const NOTHING = new RegExp(` *(?:${COMMENT})?${END}`, 'uy');
const LINE = new RegExp(
  `( *)(?:([A-Za-z_][\\w.-]{0,200}):|-(?= ))(?:( +)(${WORDS}|${NUMBER}|${QUOTED}|${FLOW}))?(?: +${COMMENT})? *${END}`,
  'uy',
);

function linesOf(text: string): Line[] | null {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    LINE.lastIndex = start;
    NOTHING.lastIndex = start;
    const found = LINE.exec(text);
    if (!found && !NOTHING.test(text)) return null;
    if (found) {
      // asked for by number: taking them apart goes through an iterator, line by line
      const indent = found[1]?.length ?? 0;
      const key = found[2] ?? '';
      const gap = found[3] ?? '';
      const value = found[4] ?? '';
      const from = start + indent;
      lines.push({ indent, from, key, value, valueFrom: from + key.length + 1 + gap.length });
    }
    start = found ? LINE.lastIndex : NOTHING.lastIndex;
  }
  return lines;
}

/** A pattern that goes through words one by one takes some of the stack for each. */
const LONGEST = 100_000;

/** Deeper ones are the library's: it knows what is too deep. */
const DEEPEST = 8;

/** What only looks plain, and is a value of another kind, or might be. */
const OTHER = /^(?:null|true|false|\.(?:\d|inf|nan).*)$/i;

class PlainReader {
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #ground: Ground;
  #next = 0;
  #depth = 0;
  #isSure = true;

  constructor(text: string, lines: readonly Line[], ground: Ground) {
    this.#text = text;
    this.#lines = lines;
    this.#ground = ground;
  }

  /** All was read, and means what it looks like. */
  get isSure(): boolean {
    return this.#isSure && this.#next === this.#lines.length;
  }

  map(indent: number): MapNode {
    const from = this.#lines[this.#next]?.from ?? 0;
    const entries: Entry[] = [];
    for (let line = this.#take(indent, true); line; line = this.#take(indent, true)) {
      const place = { ground: this.#ground, from: line.from, to: line.from + line.key.length };
      entries.push(new Entry({ key: line.key, value: this.#valueOf(line) }, place));
    }
    const to = entries.at(-1)?.value.to ?? from;
    return new MapNode({ ground: this.#ground, from, to }, { entries, flow: false, partial: false });
  }

  #list(indent: number): ListNode {
    const from = this.#lines[this.#next]?.from ?? 0;
    const items: TreeNode[] = [];
    for (let line = this.#take(indent, false); line; line = this.#take(indent, false)) items.push(this.#inline(line));
    return new ListNode({ ground: this.#ground, from, to: items.at(-1)?.to ?? from }, items);
  }

  /** The next line, if it belongs to what stands at this indentation. */
  #take(indent: number, isEntry: boolean): Line | null {
    const line = this.#lines[this.#next];
    if (line?.indent !== indent || (line.key !== '') !== isEntry) return null;
    this.#next++;
    return line;
  }

  #valueOf(line: Line): TreeNode {
    if (line.value !== '') return this.#inline(line);
    const below = this.#lines[this.#next];
    const isList = below?.key === '' && below.indent >= line.indent;
    const isMap = below !== undefined && below.key !== '' && below.indent > line.indent;
    if (!isList && !isMap) return this.#nothing(line);
    this.#isSure &&= ++this.#depth < DEEPEST;
    if (!this.#isSure) return this.#nothing(line);
    const value = isList ? this.#list(below.indent) : this.map(below.indent);
    this.#depth--;
    return value;
  }

  /** Where a value would stand. */
  #nothing({ from, key }: Line): ScalarNode {
    let at = from + key.length + 1;
    while (this.#text[at] === ' ') at++;
    return new ScalarNode({ ground: this.#ground, from: at, to: at }, { value: null, text: '', quoted: false });
  }

  /** What stands on the line itself. */
  #inline(line: Line): TreeNode {
    const { value, valueFrom: from } = line;
    if (!/^[[{]/.test(value)) return this.#scalar(line);
    const word = (text: string, at: number) => (OTHER.test(text) ? null : this.#word(text, at));
    const flow = readPlainFlow(this.#text, from, from + value.length, this.#ground, word);
    this.#isSure &&= flow !== null && !this.#goesOn(line);
    return flow ?? this.#word(value, from);
  }

  #scalar(line: Line): ScalarNode {
    const { value, valueFrom } = line;
    this.#isSure &&= value !== '' && !OTHER.test(value) && !this.#goesOn(line);
    return this.#word(value, valueFrom);
  }

  /** Words may go on below. */
  #goesOn({ indent }: Line): boolean {
    const below = this.#lines[this.#next];
    return below !== undefined && below.indent > indent;
  }

  #word(value: string, from: number): ScalarNode {
    const quoted = /^["']/.test(value);
    const text = quoted ? value.slice(1, -1) : value;
    const plain = !quoted && /^[-\d]/.test(value) ? Number(value) : text;
    const place = { ground: this.#ground, from, to: from + value.length };
    return new ScalarNode(place, { value: plain, text, quoted });
  }
}
