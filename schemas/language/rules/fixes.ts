import type { Fix } from '../diagnostic.ts';
import type { Range } from '../positions.ts';

/** A misspelt word and the one that was meant. */
export function replacement(range: Range, word: string): Fix {
  return { title: `Change to \`${word}\``, edits: [{ range, newText: word }] };
}

/** What can follow a dot in an expression. */
export const isPlainName = (name: string): boolean => /^[\w-]+$/.test(name);
