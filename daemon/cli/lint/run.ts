import type { Severity } from '../../../schemas/language/diagnostic.ts';
import type { ChosenFix } from '../../../schemas/language/fix/edits.ts';
import { fixAll } from '../../../schemas/language/fix/index.ts';
import type { LintedFile } from '../../../schemas/language/lint/index.ts';
import { checkFile } from './check.ts';
import { unifiedDiff } from './diff.ts';
import type { SourceText } from './files.ts';
import { readSource, replaceFile } from './files.ts';

export interface LintRun {
  fix: boolean;
  dryRun: boolean;
  /** under which name standard input is checked and shown */
  stdinName: string;
}

export interface LintedSource extends LintedFile {
  before: SourceText;
  after: SourceText;
  mended: readonly ChosenFix[];
}

/** Reads and checks all files before one of them is written: a wrong path changes nothing. */
export function lintFiles(paths: readonly string[], run: LintRun): LintedSource[] {
  const linted = paths.map((path) => lintFile(path, run));
  if (run.fix && !run.dryRun) for (const file of linted) writeMended(file);
  return linted.map((file) => (file.path === '-' ? { ...file, path: run.stdinName } : file));
}

function lintFile(path: string, { fix, stdinName }: LintRun): LintedSource {
  const before = readSource(path);
  const check = (text: string) => checkFile(path === '-' ? stdinName : path, text);
  if (!fix) return { path, before, after: before, mended: [], diagnostics: check(before.text) };
  const { text, mended, diagnostics } = fixAll(before.text, check);
  return { path, before, after: { ...before, text }, mended, diagnostics };
}

function writeMended({ path, before, after }: LintedSource): void {
  if (path !== '-' && after.text !== before.text) replaceFile(path, after);
}

/** `path:line:column: fixed CRISOL112: Change to "run"`, one a line. */
export function mendedLines({ path, mended }: LintedSource): string {
  const lines = mended.map(({ diagnostic: { code, range }, fix }) => {
    return `${path}:${range.start.line + 1}:${range.start.character + 1}: fixed ${code}: ${fix.title}\n`;
  });
  return lines.join('');
}

export const diffOf = ({ path, before, after }: LintedSource): string => unifiedDiff(path, before.text, after.text);

export function countOf(files: readonly LintedFile[], severity: Severity): number {
  return files.flatMap((file) => file.diagnostics).filter((found) => found.severity === severity).length;
}
