import type { Diagnostic, Severity } from '../../../schemas/language/diagnostic.ts';
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
  /** why it could not be written, after its name: it is left as it was */
  unwritten?: string;
}

/** Reads and checks all files before one of them is written: a wrong path changes nothing. */
export function lintFiles(paths: readonly string[], run: LintRun): LintedSource[] {
  const linted = paths.map((path) => lintFile(path, run));
  const left = run.fix && !run.dryRun ? linted.map(writeMended) : linted;
  return left.map((file) => (file.path === '-' ? { ...file, path: run.stdinName } : file));
}

interface LintedAlone extends LintedSource {
  /** what is wrong with the file as it was */
  found: readonly Diagnostic[];
}

function lintFile(path: string, { fix, stdinName }: LintRun): LintedAlone {
  const before = readSource(path);
  const check = (text: string) => checkFile(path === '-' ? stdinName : path, text);
  const found = check(before.text);
  const asItIs = { path, before, after: before, mended: [], diagnostics: found, found };
  if (!fix) return asItIs;
  const { text, mended, diagnostics } = fixAll(before.text, check);
  return { ...asItIs, after: { ...before, text }, mended, diagnostics };
}

/** What cannot be written stays, with all that is wrong in it. */
function writeMended(file: LintedAlone): LintedSource {
  const { path, before, after, found } = file;
  if (path === '-' || after.text === before.text) return file;
  const unwritten = replaceFile(path, after);
  return unwritten === undefined ? file : { path, before, after: before, mended: [], diagnostics: found, unwritten };
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
