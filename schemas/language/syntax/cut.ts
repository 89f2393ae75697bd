/**
 * Cuts a file into pieces that can be read one by one and give what the whole would: at the keys of the top, and below a
 * key that stands alone on its line at the keys one level in. This is safe where indentation alone says that a new entry
 * begins: `null` wherever a line might mean anything else (a second document, `? key`, an anchor before a key, …).
 */
export interface Cut {
  start: number;
  /** `above`: what stands before the first key; `header`: a key whose entries are cut, too; `child`: one of these */
  role: 'above' | 'entry' | 'header' | 'child';
  /** of a header: how far its children are indented */
  indent: number;
}

/** The kinds of line that matter to someone who cuts. */
type Line = 'nothing' | 'content' | 'key' | 'odd';

/** A plain word, or one in quotes, and the colon that makes it a key. */
const KEY = /(?:[A-Za-z0-9_$./][^\s:#'"[\]{},&*!|>%@`]*|"[^"\\\n]*"|'[^'\n]*') *:(?=[ \t\r\n]|$)/y;
const HEADER =
  /(?:[A-Za-z0-9_$./][^\s:#'"[\]{},&*!|>%@`]*|"[^"\\\n]*"|'[^'\n]*') *:[ \t]*(?:[ \t]#[^\n]*|\r)?(?:\n|$)/y;
const WORD = /[A-Za-z0-9_$./~^+=;()\\-]/;
const MARKER = /(?:---|\.\.\.)(?:[ \t\r\n]|$)/y;
const BARE_MARKER = /---[ \t]*(?:[ \t]#[^\n]*|\r)?(?:\n|$)/y;
const DASH = /-(?:[ \t\r\n]|$)/y;

const at = (pattern: RegExp, text: string, offset: number): boolean => {
  pattern.lastIndex = offset;
  return pattern.test(text);
};

/** A key and its colon, beyond doubt. */
export const isKeyAt = (text: string, offset: number): boolean => at(KEY, text, offset);

/** Where the line after this one begins. */
export function nextLine(text: string, from: number): number {
  const lineBreak = text.indexOf('\n', from);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

function indentAt(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) === 32) end++;
  return end - start;
}

/** What begins at an offset that comes after nothing but spaces. */
function lineAt(text: string, offset: number): Line {
  const char = text.charAt(offset);
  switch (char) {
    case '':
    case '\n':
    case '#':
      return 'nothing';
    case '\r':
      return text.charAt(offset + 1) === '\n' ? 'nothing' : 'odd';
    case '\t':
    case ']':
    case '}':
    case ',':
      return 'content';
    case '-':
      return at(MARKER, text, offset) ? 'odd' : at(DASH, text, offset) ? 'content' : 'key';
    case '.':
      return at(MARKER, text, offset) ? 'odd' : 'key';
    case '"':
    case "'":
      return at(KEY, text, offset) ? 'key' : 'odd';
    default:
      return WORD.test(char) ? 'key' : 'odd';
  }
}

/** The cuts from a line on; `indent`: that of the children of the header above, 0 where there is none. */
export class Cutter {
  readonly #text: string;
  #indent: number;
  #line: number;
  /** a line was met that might mean anything; `child`: one level in */
  odd: 'top' | 'child' | null = null;

  constructor(text: string, from: number, indent: number) {
    this.#text = text;
    this.#line = from;
    this.#indent = indent;
  }

  /** The next cut; null at the end of the text, or where something odd is. */
  next(): Cut | null {
    const text = this.#text;
    for (let start = this.#line; start < text.length; start = nextLine(text, start)) {
      const indent = indentAt(text, start);
      if (indent > this.#indent) continue;
      const line = lineAt(text, start + indent);
      // what stands between the key and its children in depth fits neither
      const isBetween = indent > 0 && indent < this.#indent;
      if (line === 'odd' || (isBetween && line !== 'nothing')) {
        this.odd = indent > 0 ? 'child' : 'top';
        return null;
      }
      if (line !== 'key') continue;
      this.#line = nextLine(text, start);
      return indent > 0 ? { start, role: 'child', indent } : this.#top(start);
    }
    return null;
  }

  #top(start: number): Cut {
    this.#indent = childIndent(this.#text, start);
    return { start, role: this.#indent > 0 ? 'header' : 'entry', indent: this.#indent };
  }
}

/**
 * How far the entries below a key are indented; 0 where they cannot be told for sure. One of the first two must be a key
 * with its colon: words alone might be one text over several lines.
 */
function childIndent(text: string, header: number): number {
  if (!at(HEADER, text, header)) return 0;
  let found = 0;
  for (let line = nextLine(text, header), looked = 0; line < text.length && looked < 2; line = nextLine(text, line)) {
    const indent = indentAt(text, line);
    const kind = lineAt(text, line + indent);
    if (kind === 'nothing' || (found > 0 && indent > found)) continue;
    if (indent === 0 || kind !== 'key' || (found > 0 && indent !== found)) return 0;
    found = indent;
    if (isKeyAt(text, line + indent)) return found;
    looked++;
  }
  return 0;
}

/** What stands above the first key: nothing but comments, and `---` once at most. */
export function firstKey(text: string, from: number): number | null {
  let marked = false;
  for (let line = from; line < text.length; line = nextLine(text, line)) {
    const indent = indentAt(text, line);
    const kind = lineAt(text, line + indent);
    if (kind === 'nothing') continue;
    if (indent === 0 && kind === 'key') return isMapAt(text, line) ? line : null;
    if (indent > 0 || marked || !at(BARE_MARKER, text, line)) return null;
    marked = true;
  }
  return null;
}

/** One of the first two keys of the top has its colon. */
function isMapAt(text: string, first: number): boolean {
  if (isKeyAt(text, first)) return true;
  const second = new Cutter(text, nextLine(text, first), 0).next();
  return second !== null && isKeyAt(text, second.start);
}
