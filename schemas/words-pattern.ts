/** Finds these words in a text, be they large or small. */
export function wordsPattern(words: string): RegExp {
  return new RegExp(words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
}
