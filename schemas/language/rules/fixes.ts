import type { Fix } from '../diagnostic.ts';
import type { Range } from '../positions.ts';

/** A misspelt word and the one that was meant. */
export function replacement(range: Range, word: string): Fix {
  return { title: `Change to \`${word}\``, edits: [{ range, newText: word }] };
}

/** A value in the place of another: what YAML would not read as it stands gets quotes. */
export function valueInstead(range: Range, text: string): Fix {
  const isPlain = /^[A-Za-z0-9_][\w.@/%+-]*$/.test(text);
  return { title: `Change to \`${text}\``, edits: [{ range, newText: isPlain ? text : JSON.stringify(text) }] };
}

/** What can follow a dot in an expression. */
export const isPlainName = (name: string): boolean => /^[\w-]+$/.test(name);
