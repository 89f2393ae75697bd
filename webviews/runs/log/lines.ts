import type { OutputLine } from '../../../schemas/styled-output.ts';

/** Which lines are to be seen while some phases are folded, by their index. */
export function shownLines(lines: readonly OutputLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let at = 0; at < lines.length; ) {
    shown.push(at);
    const end = lines[at]?.foldsTo;
    at = folded.has(at) && end !== undefined ? Math.max(end, at + 1) : at + 1;
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
  return new Set([...folded].filter((at) => !(at < line && line < (lines[at]?.foldsTo ?? 0))));
}

/** From one match to the next, or back, and round. */
export function turned(count: number, at: number, by: number): number {
  return count === 0 ? 0 : (at + by + count) % count;
}
