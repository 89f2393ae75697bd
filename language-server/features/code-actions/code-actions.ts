import type { CodeAction } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import type { Range } from '../../../schemas/language/positions.ts';
import { rangesTouch } from '../../../schemas/language/positions.ts';
import { touches } from '../../documents/spans.ts';
import { stepEntryAround } from '../../documents/steps.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { toLsp } from '../diagnostics.ts';
import type { Change } from './change.ts';
import { fixEverything } from './fix-all.ts';
import { missingThings } from './missing.ts';
import { missingDep, writeNeeds } from './order.ts';
import { extractParam, inlineParam } from './params.ts';
import { sortKeys } from './sort-keys.ts';
import { suppressIt } from './suppress.ts';

/** Editors run it on save, if a person wants it: `"editor.codeActionsOnSave": {"source.fixAll.crisol": "explicit"}`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.crisol`;

export const ACTION_KINDS = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  CodeActionKind.RefactorRewrite,
  FIX_ALL,
];

/** What can be mended or changed where the cursor or the selection is. `only`: the kinds that the editor asks for. */
export function codeActions(analysis: Analysis, range: Range, docs?: string, only?: readonly string[]): CodeAction[] {
  return [
    ...(isWanted(CodeActionKind.QuickFix, only) ? quickFixes(analysis, range, docs) : []),
    ...(only === undefined || only.some((asked) => asked.startsWith('refactor')) ? refactorings(analysis, range) : []),
    ...(only?.some((asked) => asked.startsWith('source')) ? fixAll(analysis) : []),
  ];
}

/** Whether the editor asks for actions of this kind. */
export function isWanted(kind: string | undefined, only: readonly string[] | undefined): boolean {
  return kind === undefined || (only?.some((asked) => kind === asked || kind.startsWith(`${asked}.`)) ?? true);
}

function quickFixes(analysis: Analysis, range: Range, docs?: string): CodeAction[] {
  const { uri, diagnostics, document } = analysis;
  const offset = document.lines.offset(range.start);
  const step = stepEntryAround(analysis, offset);
  const deps = (step ? missingDep(step, offset, analysis) : []).map((change) =>
    action(change, CodeActionKind.QuickFix, uri),
  );
  const here = diagnostics.filter((diagnostic) => rangesTouch(diagnostic.range, range));
  const mended = here.flatMap((diagnostic) => {
    const known = diagnostic.fixes ?? [];
    return [...known, ...missingThings(diagnostic, analysis)].map((change, at) => ({
      ...action(change, CodeActionKind.QuickFix, uri),
      isPreferred: at === 0 && known.length > 0,
      diagnostics: [toLsp(diagnostic, uri, docs)],
    }));
  });
  // one of a kind on a line is enough
  const kinds = new Map(here.map((diagnostic) => [`${diagnostic.code} ${diagnostic.range.start.line}`, diagnostic]));
  const suppressed = [...kinds.values()].flatMap((diagnostic) =>
    suppressIt(diagnostic, analysis).map((change) => ({
      ...action(change, CodeActionKind.QuickFix, uri),
      diagnostics: [toLsp(diagnostic, uri, docs)],
    })),
  );
  return [...mended, ...deps, ...suppressed];
}

function action({ title, edits }: Change, kind: string, uri: string): CodeAction {
  return { title, kind, edit: { changes: { [uri]: edits } } };
}

function refactorings(analysis: Analysis, { start, end }: Range): CodeAction[] {
  const { uri, document } = analysis;
  const offset = document.lines.offset(start);
  // of a selection over several values nobody can tell which is meant
  if (start.line !== end.line) return [];
  const step = stepEntryAround(analysis, offset);
  const isAtName = step !== undefined && touches(step.keySpan, offset);
  return [
    ...extractParam(analysis, offset).map((change) => action(change, CodeActionKind.RefactorExtract, uri)),
    ...inlineParam(analysis, offset).map((change) => action(change, CodeActionKind.RefactorInline, uri)),
    ...(isAtName ? [...writeNeeds(step, analysis), ...sortKeys(step, analysis)] : []).map((change) =>
      action(change, CodeActionKind.RefactorRewrite, uri),
    ),
  ];
}

function fixAll(analysis: Analysis): CodeAction[] {
  const edits = fixEverything(analysis);
  return edits.length > 0 ? [action({ title: 'Mend all that has one fix', edits }, FIX_ALL, analysis.uri)] : [];
}
