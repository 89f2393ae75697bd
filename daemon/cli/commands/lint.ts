import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { hasErrors, parsePipelineFile } from '../../../schemas/language/index.ts';
import type { LintFormat } from '../../../schemas/language/lint.ts';
import { formatLint, LINT_FORMATS } from '../../../schemas/language/lint.ts';
import { CrisolError } from '../../base/errors.ts';
import type { CommonOptions } from '../command.ts';
import { command } from '../command.ts';
import { WORK_FAILED } from '../exit-codes.ts';
import { findWorkspace } from '../workspace.ts';

interface LintOptions extends CommonOptions {
  format: LintFormat;
}

/** The checks of the editor, on the command line; needs no daemon. */
export function lintCommand(): Command {
  return command('lint', 'check crisol.yaml as the editor does')
    .argument('[files...]')
    .addOption(new Option('--format <format>').choices([...LINT_FORMATS]).default('text'))
    .action(lint);
}

function lint(files: string[], options: LintOptions): void {
  const paths = files.length > 0 ? files : [projectFile(options)];
  const linted = paths.map((path) => {
    const role = basename(path).endsWith('.crisol.yaml') ? 'part' : 'main';
    return { path, diagnostics: parsePipelineFile(readText(path), { role }).diagnostics };
  });
  process.stdout.write(formatLint(linted, options.json ? 'json' : options.format));
  if (linted.some(({ diagnostics }) => hasErrors(diagnostics))) process.exitCode = WORK_FAILED;
}

function projectFile(options: CommonOptions): string {
  return relative(process.cwd(), join(findWorkspace(options.workspace), 'crisol.yaml'));
}

function readText(path: string): string {
  if (!existsSync(path)) throw new CrisolError('FILE_NOT_FOUND', `There is no file ${path}.`);
  return readFileSync(path, 'utf8');
}
