import { CompletionItemKind } from 'vscode-languageserver';
import type { TreeNode } from '../../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { columnsOf } from '../../projects/columns.ts';
import { modelOf } from '../../projects/whole.ts';
import type { Choice, ValueContext } from './choice.ts';

const OF_STEPS = new Set(['target', 'by', 'exclude', 'groups']);
const OF_CHECKS = new Set(['column', 'unique']);

/** The columns of the data that a step or a check is about; null where no column is meant. */
export function columnChoices({ analysis, place }: ValueContext): Choice[] | null {
  const [section, owner, within] = place.path;
  const key = place.entry?.key ?? '';
  if (section?.key === 'steps' && within?.key === 'with' && OF_STEPS.has(key)) {
    const step = modelOf(analysis).steps.find(({ name }) => name === owner?.key);
    const data = step?.with.data ?? scalarOf(findEntry(within.value, 'data')?.value);
    return typeof data === 'string' ? choices(data, analysis) : [];
  }
  if (section?.key === 'datasets' && within?.key === 'checks' && OF_CHECKS.has(key)) {
    const path = scalarOf(findEntry(owner?.value, 'path')?.value);
    return typeof path === 'string' ? choices(path, analysis) : [];
  }
  return null;
}

const scalarOf = (node: TreeNode | undefined): unknown => (node?.kind === 'scalar' ? node.value : undefined);

function choices(path: string, analysis: Analysis): Choice[] {
  const { source, columns } = columnsOf(path, analysis);
  return columns.map(({ name, type }) => ({
    label: name,
    isForeign: true,
    kind: CompletionItemKind.Field,
    detail: `${type === undefined ? 'column' : `${type} column`} of ${source}`,
  }));
}
