import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { renaming } from '../../schemas/language/names/rename.ts';
import type { Position, Range } from '../../schemas/language/positions.ts';
import type { Navigable } from '../projects/sources.ts';
import { nameAt, sourcesOf } from '../projects/sources.ts';

/** What would be renamed, or null where there is no name of this file's own. */
export function renameRange(file: Navigable, position: Position): { range: Range; placeholder: string } | null {
  const target = nameAt(file, position);
  if (!target) return null;
  const range = file.document.lines.range(target.span);
  return { range, placeholder: file.document.text.slice(...target.span) };
}

/** Throws what the editor shows when it cannot be. */
export function rename(file: Navigable, position: Position, newName: string): WorkspaceEdit | null {
  const target = nameAt(file, position);
  if (!target) return null;
  const sources = sourcesOf(file);
  if (sources.some(({ isBroken }) => isBroken)) {
    const which = sources.length > 1 ? 'the files of this project' : 'the file';
    throw refusal(`Mend the errors of ${which} first: a name in them might be missed.`);
  }
  if (file.project && !file.project.project.complete && sources.length > 1) {
    throw refusal('Mend what is included first: a name in a file that cannot be read might be missed.');
  }
  const places = sources.flatMap((source) =>
    source.names.map(({ kind, name, span, role, dotted }) => ({ kind, name, span, role, dotted, source })),
  );
  const result = renaming(places, target, newName.trim());
  if ('refused' in result) throw refusal(result.refused);
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, source } of result.places) {
    changes[source.uri] ??= [];
    changes[source.uri]?.push({ range: source.document.lines.range(span), newText: result.newText });
  }
  return { changes };
}

const refusal = (message: string) => new ResponseError(ErrorCodes.InvalidParams, message);
