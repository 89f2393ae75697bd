import type { DocumentSymbol } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver';
import { NAMED_SECTIONS } from '../../schemas/language/names/sections.ts';
import type { Span } from '../../schemas/language/positions.ts';
import type { Entry, TreeNode } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import type { Analysis } from '../projects/analysis.ts';
import { SYMBOL_KINDS } from './symbol-kinds.ts';

/** How deep the outline goes: section, name, key, and the settings within. */
const DEEPEST = 4;

/** The outline and the breadcrumbs: sections, in them what the user named, and what each of these says. */
export function symbols({ document: { root, lines } }: Analysis): DocumentSymbol[] {
  return childrenOf(root, 1, '');

  function childrenOf(node: TreeNode | null, depth: number, section: string): DocumentSymbol[] {
    if (node?.kind !== 'map' || depth > DEEPEST) return [];
    const named = depth === 2 ? NAMED_SECTIONS.get(section) : undefined;
    // what stands behind an alias has its own place
    const own = node.entries.filter(({ keySpan: [at], inherited }) => !inherited && at >= node.span[0]);
    return own.map((entry) => {
      const kind = named ? SYMBOL_KINDS[named] : kindOf(entry, depth, section);
      const isWithin = entry.value.span[0] >= entry.keySpan[0];
      const children = isWithin ? childrenOf(entry.value, depth + 1, depth === 1 ? entry.key : section) : [];
      return symbolOf(entry, kind, children);
    });
  }

  function symbolOf(entry: Entry, kind: SymbolKind, children: DocumentSymbol[]): DocumentSymbol {
    return {
      name: entry.key === '' ? '?' : entry.key,
      detail: detailOf(entry),
      kind,
      range: lines.range(around(entry)),
      selectionRange: lines.range(entry.keySpan),
      children,
    };
  }
}

function kindOf({ value }: Entry, depth: number, section: string): SymbolKind {
  if (depth === 1) return value.kind === 'map' ? SymbolKind.Namespace : SymbolKind.Property;
  if (section === 'params') return value.kind === 'map' ? SymbolKind.Namespace : SymbolKind.Variable;
  if (section === 'env') return SymbolKind.Constant;
  if (value.kind === 'list') return SymbolKind.Array;
  return value.kind === 'map' ? SymbolKind.Object : SymbolKind.Property;
}

/** Editors want the name to lie within the whole. */
function around({ span, keySpan }: Entry): Span {
  return [Math.min(span[0], keySpan[0]), Math.max(span[1], keySpan[1])];
}

function detailOf({ value }: Entry): string | undefined {
  if (value.kind === 'scalar') return value.text === '' ? undefined : firstLine(String(value.value ?? value.text));
  if (value.kind === 'list') return listDetail(value.items);
  for (const key of ['uses', 'run', 'model', 'endpoint', 'path', 'goal']) {
    const told = findEntry(value, key)?.value;
    if (told?.kind === 'scalar' && typeof told.value === 'string') return firstLine(told.value);
  }
  return undefined;
}

function listDetail(items: readonly TreeNode[]): string | undefined {
  const words = items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
  return words.length < items.length || words.length === 0 ? undefined : firstLine(words.join(', '));
}

const firstLine = (text: string) => text.trim().split('\n', 1)[0]?.slice(0, 80);
