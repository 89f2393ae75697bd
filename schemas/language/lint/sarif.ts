import { VERSION } from '../../version.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { CATALOGUE } from '../rules/index.ts';
import type { LintedFile, LintOptions } from './index.ts';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const;

/** Static Analysis Results Interchange Format 2.1.0: what code scanning of GitHub and others take. */
export function sarifLog(files: readonly LintedFile[], explain: LintOptions['explain'] = () => undefined) {
  const rules = CATALOGUE.map(({ code, title, severity }) => {
    const explained = explain(code);
    return {
      id: code,
      shortDescription: { text: title.replaceAll('`', '') },
      defaultConfiguration: { level: LEVELS[severity] },
      ...(explained && { helpUri: explained.uri, help: { text: explained.help, markdown: explained.help } }),
    };
  });
  const driver = { name: 'crisol', semanticVersion: VERSION, rules };
  const results = files.flatMap(({ path, diagnostics }) => diagnostics.map((found) => resultOf(path, found)));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
}

function resultOf(path: string, { code, severity, message, range, related = [] }: Diagnostic) {
  return {
    ruleId: code,
    ruleIndex: CATALOGUE.findIndex((rule) => rule.code === code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(path, range)],
    relatedLocations: related.map((other) => ({
      ...locationOf(other.path ?? path, other.range),
      message: { text: other.message },
    })),
  };
}

function locationOf(path: string, { start, end }: Diagnostic['range']) {
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region } };
}

/** A path from the root of the disk is an address of its own; any other counts from where the log's reader looks. */
function uriOf(path: string): string {
  const parts = path.split(/[/\\]/).map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:[/\\]/.test(path)) return `file:///${parts.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${parts}` : parts;
}
