import type { Diagnostic } from '../diagnostic.ts';
import { githubLine } from './github.ts';
import { sarifLog } from './sarif.ts';
import type { Paint } from './text.ts';
import { asText } from './text.ts';

export interface LintedFile {
  /** as it should be shown: relative to where the command was started */
  path: string;
  diagnostics: readonly Diagnostic[];
}

export interface LintOptions {
  /** colours, where they can be shown */
  paint?: Paint;
  /** the documentation of a rule, in Markdown, and where it stands */
  explain?: (code: string) => { help: string; uri: string } | undefined;
  /** how many mistakes were mended */
  fixed?: number;
}

export const LINT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

/** The whole output of `crisol lint`, ending with a line break. */
export function formatLint(files: readonly LintedFile[], format: LintFormat, options: LintOptions = {}): string {
  switch (format) {
    case 'text':
      return asText(files, options.paint, options.fixed);
    case 'json':
      return `${JSON.stringify(asJson(files), null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(files, options.explain), null, 2)}\n`;
    case 'github':
      return files.flatMap((file) => file.diagnostics.map((found) => githubLine(file.path, found))).join('');
  }
}

/** The shape that `--format json` promises. */
export function asJson(files: readonly LintedFile[]) {
  return {
    files: files.map(({ path, diagnostics }) => ({
      path,
      diagnostics: diagnostics.map(({ code, severity, message, range }) => ({ code, severity, message, range })),
    })),
  };
}
