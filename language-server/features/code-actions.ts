import type { CodeAction } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import type { Range } from '../../schemas/language/positions.ts';
import { rangesTouch } from '../../schemas/language/positions.ts';
import type { Analysis } from '../documents/analysis.ts';
import { toLsp } from './diagnostics.ts';

/** The fixes of the diagnostics that the cursor or the selection touches. */
export function codeActions({ uri, diagnostics }: Analysis, range: Range, docs?: string): CodeAction[] {
  return diagnostics
    .filter((diagnostic) => rangesTouch(diagnostic.range, range))
    .flatMap((diagnostic) =>
      (diagnostic.fixes ?? []).map((fix, at) => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        isPreferred: at === 0,
        diagnostics: [toLsp(diagnostic, uri, docs)],
        edit: { changes: { [uri]: fix.edits } },
      })),
    );
}
