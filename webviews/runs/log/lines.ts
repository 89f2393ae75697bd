import type { OutputLine } from '../../../schemas/styled-output.ts';

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
  const wanted = words.toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap(({ text }, at) => (text.toLowerCase().includes(wanted) ? [at] : []));
}

/** Without the folds that hide it. */
export function unfoldedAt(line: number, lines: readonly OutputLine[], folded: ReadonlySet<number>): Set<number> {
  const hiding = lines.flatMap(({ foldsTo = 0 }, at) => (at < line && line < foldsTo ? [idOf(lines, at)] : []));
  return new Set([...folded].filter((id) => !hiding.includes(id)));
}

/** From one match to the next, or back, and round. */
export function turned(count: number, at: number, by: number): number {
  return count === 0 ? 0 : (at + by + count) % count;
}

/** Where the line with that id is among those that are shown, or the next one. */
export function placeOf(id: number, lines: readonly OutputLine[], shown: readonly number[]): number {
  const place = shown.findIndex((at) => idOf(lines, at) >= id);
  return place < 0 ? shown.length : place;
}
