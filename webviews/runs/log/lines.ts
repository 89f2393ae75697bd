import type { OutputLine } from '../../../schemas/styled-output.ts';
import { wordsPattern } from '../../../schemas/words-pattern.ts';

/** The id of a line, which it keeps while others come and go; where all of them are there, its place. */
export const idOf = (lines: readonly OutputLine[], at: number): number => lines[at]?.id ?? at;

/** Which lines are to be seen while some phases are folded, by their index; folded ones go by their id. */
export function shownLines(lines: readonly OutputLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let at = 0; at < lines.length; ) {
    shown.push(at);
    const end = lines[at]?.foldsTo;
    at = end !== undefined && folded.has(idOf(lines, at)) ? Math.max(end, at + 1) : at + 1;
  }
  return shown;
}

/** The lines that hold the words, be they large or small. */
export function matchesIn(lines: readonly OutputLine[], words: string): number[] {
  if (words === '') return [];
  const pattern = wordsPattern(words);
  return lines.flatMap(({ text }, at) => (text.search(pattern) >= 0 ? [at] : []));
}

/** Without the folds that hide it. */
export function unfoldedAt(line: number, lines: readonly OutputLine[], folded: ReadonlySet<number>): Set<number> {
  const hiding = lines.flatMap(({ foldsTo = 0 }, at) => (at < line && line < foldsTo ? [idOf(lines, at)] : []));
  return new Set([...folded].filter((id) => !hiding.includes(id)));
}

/** The next of these lines after the one with that id, or with `by` -1 the one before it. */
export function nextMatch(
  lines: readonly OutputLine[],
  matches: readonly number[],
  id: number,
  by: number,
): number | undefined {
  return by > 0 ? matches.find((line) => idOf(lines, line) > id) : matches.findLast((line) => idOf(lines, line) < id);
}

/** Where the line with that id is among those that are shown, or the next one. */
export function placeOf(id: number, lines: readonly OutputLine[], shown: readonly number[]): number {
  const place = shown.findIndex((at) => idOf(lines, at) >= id);
  return place < 0 ? shown.length : place;
}
