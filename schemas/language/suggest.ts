/**
 * Edits between two words: insertions, deletions, replacements and swaps of neighbours count one each. Infinity as soon
 * as there are surely more than `limit`. Of the table only what lies that near to its diagonal is worked out, in three rows that are
 * there already: thousands of words are held against one another at a key stroke.
 */
export function distance(a: string, b: string, limit: number): number {
  let [before, previous, current] = ROWS;
  for (let column = 0; column <= b.length; column++) previous[column] = column;
  let least = 0;
  for (let row = 1; row <= a.length; row++) {
    const leastBefore = least;
    least = fillRow(a, b, row, { before, previous, current, limit });
    // a swap looks two rows back
    if (least > limit && leastBefore > limit) return Infinity;
    [before, previous, current] = [previous, current, before];
  }
  return previous[b.length] ?? 0;
}

/** Rows of the table of edit distances: two back, one back, and the one that is filled. */
interface Rows {
  before: Uint16Array;
  previous: Uint16Array;
  current: Uint16Array;
  limit: number;
}

/** The least of it. */
function fillRow(a: string, b: string, row: number, { before, previous, current, limit }: Rows): number {
  const from = Math.max(1, row - limit);
  const to = Math.min(b.length, row + limit);
  current[from - 1] = from === 1 ? row : FAR;
  let least = current[from - 1] ?? FAR;
  for (let column = from; column <= to; column++) {
    const same = a[row - 1] === b[column - 1];
    let edits = Math.min((previous[column - 1] ?? FAR) + (same ? 0 : 1), (current[column - 1] ?? FAR) + 1);
    // right above the end of the band nothing was worked out
    if (column < row + limit) edits = Math.min(edits, (previous[column] ?? FAR) + 1);
    if (isSwapped(a, b, row, column)) edits = Math.min(edits, (before[column - 2] ?? FAR) + 1);
    current[column] = edits;
    if (edits < least) least = edits;
  }
  return least;
}

const isSwapped = (a: string, b: string, row: number, column: number): boolean =>
  row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];

/** Words longer than this are never meant by a slip of the finger, and comparing them costs time. */
const LONGEST_WORD = 60;
const FAR = 1000;
const newRow = () => new Uint16Array(LONGEST_WORD * 2);
const ROWS = [newRow(), newRow(), newRow()] as const;
/** Among more names than these nobody looks for a slip, and each mistake would be held against all of them. */
const MOST_COMPARED = 1000;

/** The known word that was probably meant, if one is near enough, or the only one that begins so. */
export function closest(word: string, known: Iterable<string>): string | null {
  if (word.length > LONGEST_WORD) return null;
  const compared = firstOf(known, MOST_COMPARED);
  return onlyOneBegun(word, compared) ?? nearest(word, compared);
}

function firstOf(known: Iterable<string>, most: number): string[] {
  const first: string[] = [];
  for (const one of known) {
    if (first.length === most) break;
    first.push(one);
  }
  return first;
}

/** `int` is no slip of the finger for `in`, but half of `integer`. */
const SHORTEST_BEGINNING = 3;

function onlyOneBegun(word: string, known: readonly string[]): string | null {
  if (word.length < SHORTEST_BEGINNING) return null;
  const start = word.toLowerCase();
  const begun = known.filter((candidate) => candidate.toLowerCase().startsWith(start));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

function nearest(word: string, known: readonly string[]): string | null {
  const limit = word.length <= 3 ? 1 : word.length <= 6 ? 2 : 3;
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const far = distance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (far < bestDistance && far < candidate.length) {
      best = candidate;
      bestDistance = far;
    }
  }
  return best;
}

/** More names than these nobody reads in a sentence. */
const SHOWN_OF_A_CIRCLE = 12;

/** "a → b → a", of a long one its beginning and its end; the first name stands at the end again. */
export function roundOf(names: readonly string[]): string {
  const round = [...names, ...names.slice(0, 1)];
  const left = round.length - SHOWN_OF_A_CIRCLE;
  if (left <= 1) return round.join(' → ');
  const half = SHOWN_OF_A_CIRCLE / 2;
  return [...round.slice(0, half), `… ${left} more …`, ...round.slice(-half)].join(' → ');
}

/** "a, b and c" */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}
