import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind, InsertTextMode } from 'vscode-languageserver';
import type { Range } from '../../../schemas/language/positions.ts';
import type { Entry } from '../../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import type { Cursor } from '../../documents/cursor.ts';
import type { Place } from '../../documents/locate.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { definedNames, matrixNames } from './names.ts';

/** Keys that no grammar knows but the file does: the params that a sweep tries, the keys of a matrix in `include`. */
export function freeKeys(
  { path, map, entry }: Extract<Place, { on: 'key' }>,
  cursor: Cursor,
  range: Range,
  analysis: Analysis,
): CompletionItem[] {
  const taken = new Set(map.entries.filter((other) => other !== entry).map(({ key }) => key));
  return namesAt(path, analysis)
    .filter(({ name }) => !taken.has(name))
    .map(({ name, detail }, at) => ({
      label: name,
      kind: CompletionItemKind.Variable,
      detail,
      sortText: `0${String(at).padStart(3, '0')}`,
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: cursor.hasColon ? name : `${name}: ` },
    }));
}

/** What is measured of each version that an endpoint serves. */
const MEASURED = [
  { name: 'error_rate', detail: 'the share of requests that failed, such as "> 1%"' },
  { name: 'p50_ms', detail: 'the latency of half of them, such as "> 50"' },
  { name: 'p95_ms', detail: 'the latency of most of them, such as "> 80"' },
  { name: 'p99_ms', detail: 'the latency of nearly all of them, such as "> 100"' },
];

function namesAt(path: readonly Entry[], analysis: Analysis) {
  const keys = path.map(({ key }) => key);
  const [section, , group, list] = keys;
  if (section === 'sweeps' && group === 'space' && keys.length === 3) return paramNames(analysis);
  if (section === 'endpoints' && group === 'traffic' && list === 'rollback_if' && keys.length === 4) return MEASURED;
  const isCombination = group === 'matrix' && (list === 'include' || list === 'exclude') && keys.length === 4;
  if (section !== 'steps' || !isCombination) return [];
  const steps = findEntry(analysis.document.root, 'steps')?.value;
  return matrixNames(findEntry(steps, keys[1] ?? ''));
}

/** Those that hold a value, not further params. */
function paramNames(analysis: Analysis): { name: string; detail: string | undefined }[] {
  const all = definedNames(analysis, 'param', CompletionItemKind.Variable).map(({ label }) => label);
  const leaves = all.filter((name) => !all.some((other) => other.startsWith(`${name}.`)));
  return leaves.map((name) => {
    let entry = findEntry(analysis.document.root, 'params');
    for (const part of name.split('.')) entry = findEntry(entry?.value, part);
    return { name, detail: entry?.value.kind === 'scalar' ? `now ${entry.value.text}` : undefined };
  });
}
