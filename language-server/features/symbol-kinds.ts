import { SymbolKind } from 'vscode-languageserver';
import type { NameKind } from '../../schemas/language/names/occurrence.ts';

/** How editors draw what people give names to: the same in the outline, in searches and in hierarchies. */
export const SYMBOL_KINDS: Readonly<Record<Exclude<NameKind, 'path'>, SymbolKind>> = {
  step: SymbolKind.Function,
  sweep: SymbolKind.Function,
  dataset: SymbolKind.Struct,
  feature: SymbolKind.Struct,
  model: SymbolKind.Class,
  endpoint: SymbolKind.Interface,
  monitor: SymbolKind.Event,
  param: SymbolKind.Variable,
};
