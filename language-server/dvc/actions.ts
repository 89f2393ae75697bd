import type { CodeAction } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { dvcPlaceAt } from '../../schemas/language/dvc/file.ts';
import type { Position } from '../../schemas/language/positions.ts';

const COMMAND = 'crisol.dvc.convert';

/** The file, or the stage at the cursor, as crisol.yaml: the editor opens it, and nothing here changes. */
export function dvcActions(file: DvcDocument, uri: string, position: Position): CodeAction[] {
  if (file.stages.length === 0) return [];
  const action = (title: string, ...args: string[]): CodeAction => ({
    title,
    kind: CodeActionKind.RefactorRewrite,
    command: { title, command: COMMAND, arguments: args },
  });
  const { path } = dvcPlaceAt(file, file.lines.offset(position)) ?? { path: [] };
  const [section, stage] = path;
  const one =
    section?.key === 'stages' && stage ? [action(`Convert stage \`${stage.key}\` to crisol.yaml`, uri, stage.key)] : [];
  return [...one, action('Convert dvc.yaml to crisol.yaml', uri)];
}
