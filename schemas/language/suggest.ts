/** Rows of the table of edit distances: two back, one back, and the one that is filled. */
interface Rows {
  before: readonly number[];
  previous: readonly number[];
}

/**
 * Edits between two words: insertions, deletions, replacements and swaps of neighbours count one each. Infinity as soon
 * as there are surely more than `limit`.
 */
function distance(a: string, b: string, limit: number): number {
  const first = Array.from({ length: b.length + 1 }, (_, column) => column);
  let rows: Rows = { before: [], previous: first };
  for (let row = 1; row <= a.length; row++) {
    const current = nextRow(a, b, row, rows);
    // a swap looks two rows back
    if (Math.min(...current) > limit && Math.min(...rows.previous) > limit) return Infinity;
    rows = { before: rows.previous, previous: current };
  }
  return rows.previous[b.length] ?? 0;
}

function nextRow(a: string, b: string, row: number, { before, previous }: Rows): number[] {
  const current = [row];
  for (let column = 1; column <= b.length; column++) {
    const same = a[row - 1] === b[column - 1];
    const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    current.push(
      Math.min(
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        swapped ? (before[column - 2] ?? Infinity) + 1 : Infinity,
      ),
    );
  }
  return current;
}

/** Words longer than this are never meant by a slip of the finger, and comparing them costs time. */
const LONGEST_WORD = 60;
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
