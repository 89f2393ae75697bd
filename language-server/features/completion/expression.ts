import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import { FUNCTIONS, signatureOf } from '../../../schemas/language/expressions/functions.ts';
import type { ReferencePath } from '../../../schemas/language/expressions/references.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import type { ExpressionCursor } from '../../documents/expression-cursor.ts';
import { stepAround, stepEntryAround } from '../../documents/steps.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { modelOf } from '../../projects/whole.ts';
import type { KnownName } from '../expression-names.ts';
import { namesAfter } from '../expression-names.ts';
import { matrixNames } from './names.ts';
import { resultsOf } from './results.ts';

const KINDS = {
  context: CompletionItemKind.Module,
  param: CompletionItemKind.Variable,
  variable: CompletionItemKind.Constant,
  step: CompletionItemKind.Function,
  field: CompletionItemKind.Field,
  path: CompletionItemKind.File,
  setting: CompletionItemKind.Property,
} as const satisfies Record<KnownName['kind'], CompletionItemKind>;

/** What can be written at this place of an expression. */
export function completeExpression(
  analysis: Analysis,
  cursor: ExpressionCursor,
  offset: number,
  live: LiveValues | null,
): CompletionItem[] {
  const { path, after, word } = cursor;
  if (path === null) return [];
  const range = analysis.document.lines.range(word);
  const known = namesAfter(modelOf(analysis), path, stepAround(analysis, offset));
  const names = [...known, ...laterNames(analysis, path, offset, live)]
    .filter(({ name }) => fits(name, after))
    .map((known, at) => nameItem(known, after, range, at));
  return path.length === 0 && after === 'start' ? [...names, ...functionItems(range)] : names;
}

/** After a dot only plain names can follow; numbers stand in brackets. */
function fits(name: string | number, after: ExpressionCursor['after']): boolean {
  if (after === 'bracket') return true;
  if (after === 'quote') return typeof name === 'string' && !/['"]/.test(name);
  return typeof name === 'string' && /^[\w-]+$/.test(name);
}

function nameItem(
  { name, kind, detail }: KnownName,
  after: ExpressionCursor['after'],
  range: Range,
  at: number,
): CompletionItem {
  const written = after === 'bracket' && typeof name === 'string' ? `'${name.replaceAll("'", "''")}'` : String(name);
  return {
    label: String(name),
    kind: KINDS[kind],
    detail: detail?.replaceAll('`', ''),
    sortText: `0${String(at).padStart(4, '0')}`,
    filterText: written,
    textEdit: { range, newText: written },
  };
}

/** What only a run tells: the values of a matrix, the metrics of a step. */
function laterNames(analysis: Analysis, path: ReferencePath, offset: number, live: LiveValues | null): KnownName[] {
  const [context, step, ...rest] = path;
  const inMatrix = matrixNames(stepEntryAround(analysis, offset));
  if (path.length === 0 && inMatrix.length > 0) {
    return [{ name: 'matrix', kind: 'context', detail: 'values of the matrix of this step' }];
  }
  if (context === 'matrix' && path.length === 1) return inMatrix.map((one) => ({ ...one, kind: 'variable' }));
  return context === 'steps' && step !== undefined ? resultsOf(String(step), rest, analysis, live) : [];
}

function functionItems(range: Range): CompletionItem[] {
  return Object.entries(FUNCTIONS)
    .filter(([, { later }]) => !later)
    .map(([name, known]) => ({
      label: name,
      kind: CompletionItemKind.Function,
      detail: signatureOf(name, known),
      documentation: { kind: MarkupKind.Markdown, value: known.description },
      sortText: `1${name}`,
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range, newText: `${name}($1)` },
      // its values are asked for at once
      command: { title: '', command: 'editor.action.triggerParameterHints' },
    }));
}
