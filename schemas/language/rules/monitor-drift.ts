import type { MonitorSummary } from '../../wire/monitoring.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { PipelineModel } from '../model.ts';
import type { RuleInfo } from './rule.ts';

/** Not a mistake in the file but news from the daemon, shown on the line that says what counts as drift. */
export const monitorDrift: RuleInfo = { code: 'CRISOL130', severity: 'warning', title: 'Drift over the threshold' };

const NAMED_AT_MOST = 3;

export function driftDiagnostics(model: PipelineModel, monitors: readonly MonitorSummary[]): Diagnostic[] {
  return model.monitors.flatMap((monitor) => {
    const summary = monitors.find((candidate) => candidate.name === monitor.name);
    if (summary?.state !== 'drift') return [];
    const { code, severity } = monitorDrift;
    return [{ code, severity, range: monitor.thresholdRange, message: sentence(summary) }];
  });
}

/** "home_form is at 0.18, over the threshold of 0.1 (1,000 requests)" */
function sentence({ drifted, rows, sentence: inWords }: MonitorSummary): string {
  const [most] = drifted;
  if (!most) return inWords;
  const named = drifted.slice(0, NAMED_AT_MOST).map(({ name, effect }) => `${name} is at ${short(effect)}`);
  const more = drifted.length > NAMED_AT_MOST ? ` and ${drifted.length - NAMED_AT_MOST} more` : '';
  const requests = `${rows.toLocaleString('en-US')} ${rows === 1 ? 'request' : 'requests'}`;
  return `${named.join(', ')}${more}, over the threshold of ${short(most.threshold)} (${requests})`;
}

const short = (value: number): string => String(Number(value.toPrecision(2)));
