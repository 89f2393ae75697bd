import type { Diagnostic, Severity } from './diagnostic.ts';
import { CATALOGUE } from './rules/index.ts';

export interface LintedFile {
  /** as it should be shown: relative to where the command was started */
  path: string;
  diagnostics: readonly Diagnostic[];
}

export const LINT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

/** The whole output of `crisol lint`, ending with a line break. */
export function formatLint(files: readonly LintedFile[], format: LintFormat): string {
  switch (format) {
    case 'text':
      return asText(files);
    case 'json':
      return `${JSON.stringify(asJson(files), null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(asSarif(files), null, 2)}\n`;
    case 'github':
      return files.flatMap((file) => file.diagnostics.map((found) => githubLine(file.path, found))).join('');
  }
}

function asText(files: readonly LintedFile[]): string {
  const found = files.flatMap(({ path, diagnostics }) => diagnostics.map((diagnostic) => textLine(path, diagnostic)));
  const all = files.flatMap((file) => file.diagnostics);
  const [errors, warnings] = (['error', 'warning'] as const).map((severity) => count(all, severity));
  const checked = counted(files.length, 'file');
  return `${found.join('')}${checked} checked: ${counted(errors ?? 0, 'error')}, ${counted(warnings ?? 0, 'warning')}\n`;
}

/** Editors and terminals make links of `path:line:column`. */
function textLine(path: string, { range, severity, code, message, related = [] }: Diagnostic): string {
  const place = ({ start }: Diagnostic['range']) => `${path}:${start.line + 1}:${start.character + 1}`;
  const others = related.map((other) => `    ${place(other.range)}: ${other.message}\n`).join('');
  return `${place(range)}: ${severity} ${code}: ${message}\n${others}`;
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

const SARIF_LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const;

function asSarif(files: readonly LintedFile[]) {
  const rules = CATALOGUE.map(({ code, title, severity }) => ({
    id: code,
    shortDescription: { text: title },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
  }));
  const results = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, severity, message, range, related = [] }) => ({
      ruleId: code,
      ruleIndex: CATALOGUE.findIndex((rule) => rule.code === code),
      level: SARIF_LEVELS[severity],
      message: { text: message },
      locations: [sarifLocation(path, range)],
      relatedLocations: related.map((other) => ({
        ...sarifLocation(path, other.range),
        message: { text: other.message },
      })),
    })),
  );
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'crisol', rules } }, columnKind: 'utf16CodeUnits', results }],
  };
}

function sarifLocation(path: string, { start, end }: Diagnostic['range']) {
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  const uri = path.split(/[/\\]/).map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region } };
}

const GITHUB_COMMANDS = { error: 'error', warning: 'warning', information: 'notice' } as const;

/** A workflow command of GitHub Actions, which shows it beside the line. */
function githubLine(path: string, { range: { start, end }, severity, code, message }: Diagnostic): string {
  const place = [
    `file=${property(path)}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    `col=${start.character + 1}`,
    `endColumn=${end.character + 1}`,
    `title=${code}`,
  ];
  return `::${GITHUB_COMMANDS[severity]} ${place.join(',')}::${escaped(message)}\n`;
}

const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const count = (diagnostics: readonly Diagnostic[], severity: Severity) =>
  diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;

const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
