import type { DocumentSymbol } from 'vscode-languageserver';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { SYMBOL_KINDS } from '../features/symbol-kinds.ts';

export function dvcSymbols({ root, lines }: DvcDocument): DocumentSymbol[] {
  const stages = findEntry(root, 'stages')?.value;
  return (stages?.kind === 'map' ? stages.entries : []).map((entry) => ({
    name: entry.key,
    kind: SYMBOL_KINDS.step,
    range: lines.range(entry.span),
    selectionRange: lines.range(entry.keySpan),
  }));
}
