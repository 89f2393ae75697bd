import type { WorkspaceEdit } from 'vscode-languageserver';
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { renaming } from '../../schemas/language/names/rename.ts';
import type { Position, Range } from '../../schemas/language/positions.ts';
import { yamlSyntax } from '../../schemas/language/rules/yaml-syntax.ts';
import type { Analysis } from '../documents/analysis.ts';
import { nameAt } from '../documents/names.ts';

/** What would be renamed, or null where there is no name of this file's own. */
export function renameRange(analysis: Analysis, position: Position): { range: Range; placeholder: string } | null {
  const target = nameAt(analysis, position);
  if (!target) return null;
  const range = analysis.document.lines.range(target.span);
  return { range, placeholder: analysis.document.text.slice(...target.span) };
}

/** Throws what the editor shows when it cannot be. */
export function rename(analysis: Analysis, position: Position, newName: string): WorkspaceEdit | null {
  const target = nameAt(analysis, position);
  if (!target) return null;
  const { uri, document } = analysis;
  if (analysis.diagnostics.some(({ code }) => code === yamlSyntax.code)) {
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      'Mend the errors of the file first: a name in them might be missed.',
    );
  }
  const result = renaming(analysis.names, target, newName.trim());
  if ('refused' in result) throw new ResponseError(ErrorCodes.InvalidParams, result.refused);
  return {
    changes: { [uri]: result.edits.map(({ span, newText }) => ({ range: document.lines.range(span), newText })) },
  };
}
