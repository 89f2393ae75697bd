import { FILLER } from '../expressions/tokens.ts';

/**
 * The text of a scalar as YAML reads it, at the length at which it stands in the file: what is longer there (an escape, a line that is
 * folded) is filled up. So places within it are places in the file.
 */
export function readInPlace(source: string): string {
  const first = source.charAt(0);
  if (first === "'") return folded(` ${source.slice(1).replaceAll("''", `'${FILLER}`)}`);
  if (first === '"') return folded(` ${source.slice(1).replaceAll(ESCAPE, unescaped)}`);
  // lines of a block stay lines
  return first === '|' || first === '>' ? source : folded(source);
}

/** One line break is a space, several are one fewer; the spaces around them are none. */
function folded(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  return text.replaceAll(/[ \t]*(?:(?:\r\n?|\n)[ \t]*)+/g, (whole) => {
    const breaks = whole.match(/\r\n?|\n/g)?.length ?? 1;
    return (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)).padEnd(whole.length, FILLER);
  });
}

const ESCAPE = /\\(?:x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|(?:\r\n?|\n)[ \t]*|[^\r\n])/gi;

const LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': FILLER, a: '\x07', b: '\b', e: '\x1B', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ N: '\x85', _: '\xA0', L: '\u2028', P: '\u2029' },
};

function unescaped(sequence: string): string {
  const letter = sequence.charAt(1);
  // a line that goes on below: neither the break nor the indentation counts
  if (/[\r\n]/.test(letter)) return FILLER.repeat(sequence.length);
  const isCode = sequence.length > 2;
  const text = isCode ? codePoint(sequence.slice(2)) : (LETTERS[letter] ?? letter);
  return text.padStart(sequence.length, FILLER);
}

/** Beyond Unicode there is nothing: YAML complains about it. */
function codePoint(digits: string): string {
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
