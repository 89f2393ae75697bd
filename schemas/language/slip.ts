import { distance } from './suggest.ts';

/** In a shorter word another letter makes another word: `uk` is no slip for `us`. */
const SHORTEST_WORD = 4;
/** In words as long as this one slips twice. */
const LONG_WORD = 8;

/**
 * Whether a name was surely meant to be the other, where both may be right: `outcom` is a slip for `outcome`, but `churn-uk` is none for
 * `churn-us`, nor `model-1` for `model-2`.
 */
export function isSlipFor(name: string, other: string): boolean {
  const [words, others] = [wordsOf(name), wordsOf(other)];
  if (words.length !== others.length) return words.join('') === others.join('');
  return words.every((word, at) => isSlipForWord(word, others[at] ?? ''));
}

const BETWEEN_WORDS = /[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

const wordsOf = (name: string): string[] =>
  name
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

function isSlipForWord(word: string, other: string): boolean {
  if (word === other) return true;
  const length = Math.min(word.length, other.length);
  if (length < SHORTEST_WORD || /\p{N}/u.test(word + other)) return false;
  const most = length < LONG_WORD ? 1 : 2;
  return distance(word, other, most) <= most;
}
