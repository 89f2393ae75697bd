import type { DocumentSymbol } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver';
import type { Span } from '../../schemas/language/positions.ts';
import type { Entry } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import type { Analysis } from '../documents/analysis.ts';

const NAMED_SECTIONS: Record<string, SymbolKind> = {
  datasets: SymbolKind.Struct,
  features: SymbolKind.Struct,
  steps: SymbolKind.Function,
  sweeps: SymbolKind.Function,
  models: SymbolKind.Class,
  endpoints: SymbolKind.Interface,
  monitors: SymbolKind.Event,
};

/** The outline: sections, and in them what the user named. */
export function symbols({ document: { root, lines } }: Analysis): DocumentSymbol[] {
  const symbolOf = (entry: Entry, kind: SymbolKind, children: DocumentSymbol[] = []): DocumentSymbol => ({
    name: entry.key === '' ? '?' : entry.key,
    detail: detailOf(entry),
    kind,
    range: lines.range(around(entry)),
    selectionRange: lines.range(entry.keySpan),
    children,
  });
  const sections = root?.kind === 'map' ? root.entries.filter((entry) => !entry.inherited) : [];
  return sections.map((section) => {
    const kind = Object.hasOwn(NAMED_SECTIONS, section.key) ? NAMED_SECTIONS[section.key] : undefined;
    const { value } = section;
    if (!kind || value.kind !== 'map') return symbolOf(section, SymbolKind.Property);
    const inside = value.entries.filter(({ keySpan: [at], inherited }) => !inherited && at >= value.span[0]);
    const named = inside.map((entry) => symbolOf(entry, kind));
    return symbolOf(section, SymbolKind.Namespace, named);
  });
}

/** Editors want the name to lie within the whole. */
function around({ span, keySpan }: Entry): Span {
  return [Math.min(span[0], keySpan[0]), Math.max(span[1], keySpan[1])];
}

function detailOf({ value }: Entry): string | undefined {
  if (value.kind === 'scalar') return value.text === '' ? undefined : firstLine(value.text);
  for (const key of ['uses', 'run', 'model', 'endpoint']) {
    const told = findEntry(value, key)?.value;
    if (told?.kind === 'scalar' && typeof told.value === 'string') return firstLine(told.value);
  }
  return undefined;
}

const firstLine = (text: string) => text.trim().split('\n', 1)[0]?.slice(0, 80);
