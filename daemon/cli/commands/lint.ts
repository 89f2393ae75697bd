import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { LintFormat } from '../../../schemas/language/lint/index.ts';
import type { CommonOptions } from '../command.ts';
import { command } from '../command.ts';
import { notNegative } from '../usage.ts';
import { findWorkspace } from '../workspace.ts';

const FORMATS: LintFormat[] = ['text', 'json', 'sarif', 'github'];

export interface LintOptions extends CommonOptions {
  format: LintFormat;
  fix?: boolean;
  dryRun?: boolean;
  quiet?: boolean;
  maxWarnings?: number;
  stdinFilename: string;
}

/** The checks of the editor, on the command line; needs no daemon. */
export function lintCommand(): Command {
  return command('lint', 'check crisol.yaml as the editor does')
    .argument('[files...]', "files, folders, patterns, or `-` for standard input (default: the project's crisol.yaml)")
    .addOption(new Option('--format <format>').choices(FORMATS).default('text'))
    .option('--fix', 'mend what leaves no choice')
    .option('--dry-run', 'with --fix: show what would change, and change nothing')
    .option('--quiet', 'tell errors only')
    .option('--max-warnings <number>', 'end with 1 when there are more warnings', notNegative)
    .option('--stdin-filename <name>', 'what standard input is called', 'crisol.yaml')
    .action(lint);
}

async function lint(files: string[], options: LintOptions): Promise<void> {
  // the language is loaded when it is needed: no other command is
  const { lintTargets } = await import('../lint/targets.ts');
  const { withParts } = await import('../lint/check.ts');
  const { report } = await import('../lint/report.ts');
  report(withParts(files.length > 0 ? lintTargets(files) : [projectFile(options)]), options);
}

function projectFile(options: CommonOptions): string {
  return relative(process.cwd(), join(findWorkspace(options.workspace), 'crisol.yaml'));
}
