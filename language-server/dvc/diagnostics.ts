import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { dvcFindings } from '../../schemas/language/dvc/file.ts';

export function dvcDiagnostics(file: DvcDocument, uri: string): Diagnostic[] {
  return dvcFindings(file).map(({ range, message, related = [] }) => ({
    range,
    message,
    severity: DiagnosticSeverity.Error,
    source: 'crisol',
    relatedInformation: related.map((other) => ({ location: { uri, range: other.range }, message: other.message })),
  }));
}
