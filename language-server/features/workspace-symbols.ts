import type { WorkspaceSymbol } from 'vscode-languageserver';
import type { Source } from '../projects/sources.ts';
import { SYMBOL_KINDS } from './symbol-kinds.ts';

const MOST = 500;

/** What people have given names to, in all files; letters of the query in their order, others may lie between. */
export function workspaceSymbols(sources: readonly Source[], query: string): WorkspaceSymbol[] {
  const found = sources.flatMap(({ uri, names, document }) =>
    names.flatMap(({ kind, name, role, span }): WorkspaceSymbol[] => {
      if (role !== 'definition' || kind === 'path' || !hasLetters(name, query)) return [];
      return [
        { name, kind: SYMBOL_KINDS[kind], location: { uri, range: document.lines.range(span) }, containerName: kind },
      ];
    }),
  );
  return found.slice(0, MOST);
}

function hasLetters(name: string, query: string): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase()) {
    if (letter === ' ') continue;
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
