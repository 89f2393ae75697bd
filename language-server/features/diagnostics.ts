import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic } from '../../schemas/language/diagnostic.ts';
import type { LiveValues } from '../../schemas/language/live.ts';
import { driftDiagnostics } from '../../schemas/language/rules/monitor-drift.ts';
import { heldBackBy } from '../../schemas/language/rules/suppression.ts';
import type { Analysis } from '../projects/analysis.ts';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** What is wrong with the file, and what its monitors report right now. */
export function diagnostics(analysis: Analysis, live: LiveValues | null, docs?: string): LspDiagnostic[] {
  const { model, suppressions } = analysis;
  const isHeld = heldBackBy(suppressions);
  const drifts = driftDiagnostics(model, live?.monitors ?? []).filter((one) => !isHeld(one));
  return [...analysis.diagnostics, ...drifts].map((found) => toLsp(found, analysis.uri, docs));
}

export function toLsp(
  { range, severity, code, message, related, unnecessary }: Diagnostic,
  uri: string,
  docs?: string,
): LspDiagnostic {
  return {
    range,
    severity: SEVERITIES[severity],
    code,
    codeDescription: docs ? { href: `${docs}#${code.toLowerCase()}` } : undefined,
    source: 'crisol',
    message,
    tags: unnecessary ? [DiagnosticTag.Unnecessary] : undefined,
    relatedInformation: related?.map((other) => ({
      location: { uri: other.path ?? uri, range: other.range },
      message: other.message,
    })),
  };
}
