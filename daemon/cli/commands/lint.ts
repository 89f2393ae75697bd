import { basename, join, relative } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { LintFormat } from '../../../schemas/language/lint.ts';
import type { CommonOptions } from '../command.ts';
import { command } from '../command.ts';
import { WORK_FAILED } from '../exit-codes.ts';
import { readText } from '../files.ts';
import { printable } from '../text.ts';
import { findWorkspace } from '../workspace.ts';

const FORMATS: LintFormat[] = ['text', 'json', 'sarif', 'github'];

interface LintOptions extends CommonOptions {
  format: LintFormat;
}

/** The checks of the editor, on the command line; needs no daemon. */
export function lintCommand(): Command {
  return command('lint', 'check crisol.yaml as the editor does')
    .argument('[files...]', "default: the project's crisol.yaml")
    .addOption(new Option('--format <format>').choices(FORMATS).default('text'))
    .action(lint);
}

async function lint(files: string[], options: LintOptions): Promise<void> {
  const paths = files.length > 0 ? files : [projectFile(options)];
  const texts = paths.map((path) => ({ path, text: readText(path) }));
  // the language is loaded when it is needed: no other command is
  const { hasErrors, parsePipelineFile } = await import('../../../schemas/language/index.ts');
  const { formatLint } = await import('../../../schemas/language/lint.ts');
  const linted = texts.map(({ path, text }) => {
    const role = basename(path).endsWith('.crisol.yaml') ? 'part' : 'main';
    return { path, diagnostics: parsePipelineFile(text, { role }).diagnostics };
  });
  const format = options.json ? 'json' : options.format;
  const text = formatLint(linted, format);
  process.stdout.write(format === 'text' ? printable(text) : text);
  if (linted.some(({ diagnostics }) => hasErrors(diagnostics))) process.exitCode = WORK_FAILED;
}

function projectFile(options: CommonOptions): string {
  return relative(process.cwd(), join(findWorkspace(options.workspace), 'crisol.yaml'));
}
