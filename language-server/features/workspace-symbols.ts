import type { WorkspaceSymbol } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver';
import type { NameKind } from '../../schemas/language/names/occurrence.ts';
import type { Source } from '../projects/sources.ts';

const KINDS: Partial<Record<NameKind, SymbolKind>> = {
  step: SymbolKind.Function,
  sweep: SymbolKind.Function,
  dataset: SymbolKind.Struct,
  feature: SymbolKind.Struct,
  model: SymbolKind.Class,
  endpoint: SymbolKind.Interface,
  monitor: SymbolKind.Event,
  param: SymbolKind.Variable,
};

const MOST = 500;

/** What people have given names to, in all files; letters of the query in their order, others may lie between. */
export function workspaceSymbols(sources: readonly Source[], query: string): WorkspaceSymbol[] {
  const found = sources.flatMap(({ uri, names, document }) =>
    names.flatMap(({ kind, name, role, span }): WorkspaceSymbol[] => {
      const symbol = KINDS[kind];
      if (role !== 'definition' || symbol === undefined || !hasLetters(name, query)) return [];
      return [{ name, kind: symbol, location: { uri, range: document.lines.range(span) }, containerName: kind }];
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
