import { relative, resolve } from 'node:path';
import { styleText } from 'node:util';
import { ERRORS } from '../../../schemas/errors.ts';
import type { Diagnostic, RelatedPlace } from '../../../schemas/language/diagnostic.ts';
import { hasErrors } from '../../../schemas/language/diagnostic.ts';
import type { LintedFile } from '../../../schemas/language/lint/index.ts';
import { asJson, formatLint } from '../../../schemas/language/lint/index.ts';
import type { Paint } from '../../../schemas/language/lint/text.ts';
import { CrisolError } from '../../base/errors.ts';
import type { LintOptions } from '../commands/lint.ts';
import { WORK_FAILED, WRONG_USAGE } from '../exit-codes.ts';
import { printable } from '../text.ts';
import { ruleHelp } from './rule-help.ts';
import type { LintedSource } from './run.ts';
import { countOf, diffOf, lintFiles, mendedLines } from './run.ts';

/** Checks (and mends) the files, prints what there is to say, and decides how the command ends. */
export function report(paths: readonly string[], options: LintOptions): void {
  const { fix = false, dryRun = false, stdinFilename: stdinName, maxWarnings = Infinity } = options;
  if (dryRun && !fix) throw new CrisolError('CLI_USAGE', '--dry-run goes with --fix.', { hint: 'Add --fix.' });
  const linted = lintFiles(paths, { fix, dryRun, stdinName });
  if (fix && paths.includes('-')) printMended(linted, dryRun);
  else process.stdout.write(words(linted, options));
  const failed = linted.some(({ diagnostics }) => hasErrors(diagnostics));
  if (failed || countOf(linted, 'warning') > maxWarnings) process.exitCode = WORK_FAILED;
  tellUnwritten(linted);
}

function tellUnwritten(linted: readonly LintedSource[]): void {
  const told = linted.flatMap(({ path, unwritten }) => {
    return unwritten === undefined ? [] : `FILE_UNUSABLE: ${path} ${unwritten}: it is left as it was.\n`;
  });
  if (told.length === 0) return;
  process.stderr.write(printable(`${told.join('')}${ERRORS.FILE_UNUSABLE.hint}\n`));
  process.exitCode = WRONG_USAGE;
}

/** Of standard input the mended text is the answer; what is left to say goes beside it. */
function printMended(linted: readonly LintedSource[], dryRun: boolean): void {
  for (const file of linted) process.stdout.write(dryRun ? diffOf(file) : file.after.mark + file.after.text);
  process.stderr.write(printable(formatLint(linted, 'text')));
}

function words(linted: readonly LintedSource[], options: LintOptions): string {
  const { quiet, json } = options;
  const told = quiet ? linted.map(onlyErrors) : linted;
  switch (json ? 'json' : options.format) {
    case 'json':
      return `${JSON.stringify(options.fix ? withMended(told) : asJson(told), null, 2)}\n`;
    case 'sarif':
      return formatLint(told.map(fromRoot), 'sarif', { explain: ruleHelp() });
    case 'github':
      return formatLint(told.map(fromRoot), 'github');
    case 'text':
      return text(told, options);
  }
}

const onlyErrors = <File extends LintedFile>(file: File): File => ({
  ...file,
  diagnostics: file.diagnostics.filter(({ severity }) => severity === 'error'),
});

function withMended(linted: readonly LintedSource[]) {
  const { files } = asJson(linted);
  return {
    files: files.map((file, at) => ({
      ...file,
      fixed: (linted[at]?.mended ?? []).map(({ diagnostic: { code, range }, fix: { title } }) => ({
        code,
        title,
        range,
      })),
      unwritten: linted[at]?.unwritten,
    })),
  };
}

/** Annotations are laid beside the files of the repository, wherever in it the command was started. */
function fromRoot<File extends LintedFile>(file: File): File {
  const root = process.env.GITHUB_WORKSPACE ?? process.env.CI_PROJECT_DIR;
  if (!root) return file;
  const moved = (path: string) => {
    const inRoot = relative(root, resolve(path));
    return inRoot.startsWith('..') ? path : inRoot;
  };
  const diagnostics = file.diagnostics.map((found) =>
    withPlaces(found, ({ path, ...place }) => ({ ...place, ...(path && { path: moved(path) }) })),
  );
  return { ...file, path: moved(file.path), diagnostics };
}

const withPlaces = (found: Diagnostic, change: (place: RelatedPlace) => RelatedPlace): Diagnostic => ({
  ...found,
  related: found.related?.map(change),
});

function text(linted: readonly LintedSource[], { fix, dryRun }: LintOptions): string {
  const colours = process.stdout.isTTY && !process.env.NO_COLOR;
  const shown = linted.map((file) => ({
    ...file,
    path: printable(file.path),
    diagnostics: file.diagnostics.map(safe),
  }));
  const mended = linted.flatMap((file) => file.mended).length;
  const said = formatLint(shown, 'text', { ...(colours && { paint }), fixed: dryRun ? 0 : mended });
  if (!fix) return said;
  return `${shown.map((file) => (dryRun ? shownDiff(file) : printable(mendedLines(file)))).join('')}${said}`;
}

const safe = (found: Diagnostic): Diagnostic =>
  withPlaces({ ...found, message: printable(found.message) }, ({ path, range, message }) => ({
    ...(path && { path: printable(path) }),
    range,
    message: printable(message),
  }));

/** In a terminal, whatever the file holds; elsewhere as `patch` reads it. */
function shownDiff(file: LintedSource): string {
  const diff = diffOf(file);
  return process.stdout.isTTY ? printable(diff.replaceAll('\r\n', '\n')) : diff;
}

const COLOURS = { error: 'red', warning: 'yellow', information: 'blue', place: 'bold', code: 'dim' } as const;
const paint: Paint = (word, as) => styleText(COLOURS[as], word, { validateStream: false });
