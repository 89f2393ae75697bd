import type { CodeAction } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import { rangesTouch } from '../../../schemas/language/positions.ts';
import { driftDiagnostics } from '../../../schemas/language/rules/monitor-drift.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { toLsp } from '../diagnostics.ts';

/** Drift is no mistake of the file: what helps is to look at it, or to say that it is not too much. */
export function driftActions(
  { uri, model }: Analysis,
  live: LiveValues | null,
  range: Range,
  docs?: string,
): CodeAction[] {
  const touched = model.monitors.filter(({ thresholdRange }) => rangesTouch(thresholdRange, range));
  return touched.flatMap((monitor) => {
    const [found] = driftDiagnostics({ ...model, monitors: [monitor] }, live?.monitors ?? []);
    if (!found) return [];
    const action = (title: string, command: string): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toLsp(found, uri, docs)],
      command: { title, command, arguments: [monitor.name] },
    });
    return [
      { ...action('Show drift report', 'crisol.monitors.show'), isPreferred: true },
      action('Set threshold…', 'crisol.monitors.setThreshold'),
    ];
  });
}
