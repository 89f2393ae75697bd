import { plainOutput } from '../../../schemas/plain-output.ts';
import { isShown, TAB } from '../../../schemas/styled-output.ts';
import { wordsPattern } from '../../../schemas/words-pattern.ts';

/** Where the first or the last of these lines with the words begins. */
export type LineFinder = (lines: Buffer, which: 'first' | 'last') => number | undefined;

const NEWLINE = 0x0a;
/** All but tabs and ends of lines: where none of them is, what is printed is what people see. */
const CONTROLS = [...Array(32).keys(), 0x7f].filter((byte) => byte !== 0x09 && byte !== NEWLINE);
/** The first of two bytes, for those controls that are none of ASCII. */
const MORE_CONTROLS = 0xc2;

const COLOUR = String.raw`\x1b\[[0-?]*[ -/]*[@-~]`;
/** What may stand within words and is not seen, where there are no others to a terminal than colours. */
const UNSEEN = String.raw`(?:${COLOUR}|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f])*`;
/** Where one of these is, what goes with it is not told so simply. */
const NO_COLOUR = new RegExp(`\\x1b(?!${COLOUR.slice('\\x1b'.length)})`);

/** Looks through lines as people see them: without words to a terminal, and of a line that was written anew what was written last. */
export function lineFinder(words: string): LineFinder {
  const pattern = wordsPattern(words);
  // a look for words with anything between their letters takes a tenth of the time of making a text without it
  const scattered = new RegExp([...words].map((letter) => wordsPattern(letter).source).join(UNSEEN), 'i');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about all of ASCII
  const read = /^[\x00-\x7f]*$/.test(words) ? bytesAsText : (bytes: Buffer) => bytes.toString('utf8');
  const hasSpace = words.includes(' ');
  return (lines, which) => {
    const text = hasSpace ? read(lines).replaceAll('\t', TAB) : read(lines);
    const isSeen = isPlain(lines);
    if (!isSeen && !NO_COLOUR.test(text) && !scattered.test(text)) return undefined;
    const number = numberIn(isSeen ? text : plainOutput(text), pattern, which);
    return number === undefined ? undefined : startOfLine(lines, number);
  };
}

/** For words in ASCII a byte can stand for a character, which takes a tenth of the time. */
function bytesAsText(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return bytes.includes(MORE_CONTROLS) ? text.replaceAll(/\xc2[\x80-\x9f]/g, '') : text;
}

function isPlain(bytes: Buffer): boolean {
  return !bytes.includes(MORE_CONTROLS) && !CONTROLS.some((byte) => bytes.includes(byte));
}

/** Which line it is, from 0. */
function numberIn(text: string, pattern: RegExp, which: 'first' | 'last'): number | undefined {
  let found: number | undefined;
  let [number, begin] = [0, 0];
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
    for (let next = text.indexOf('\n', begin); next >= 0 && next < hit.index; next = text.indexOf('\n', begin)) {
      begin = next + 1;
      number++;
    }
    const end = text.indexOf('\n', hit.index);
    const line = text.slice(begin, end < 0 ? undefined : end);
    if (!isShown(line, hit.index - begin)) continue;
    found = number;
    if (which === 'first' || end < 0) break;
    pattern.lastIndex = end;
  }
  return found;
}

function startOfLine(lines: Buffer, number: number): number {
  let start = 0;
  for (let at = 0; at < number; at++) start = lines.indexOf(NEWLINE, start) + 1;
  return start;
}
