import type { VNode } from 'preact';
import type { FromDriftPanel } from '../../schemas/panels/drift.ts';
import type { DriftReport, MonitorState, MonitorSummary } from '../../schemas/wire/monitoring.ts';
import { agoChangesIn, formatAgo, formatMoment, formatShort } from '../shared/format.ts';
import type { Host } from '../shared/host.ts';
import { Button } from '../shared/toolkit.ts';
import { useNow } from '../shared/use-now.ts';
import { StateMark } from '../shared/work-state.tsx';
import type { DriftLook } from './look.ts';

const LOOKS: Record<MonitorState, { sign: string; word: string; tone: string }> = {
  waiting: { sign: '○', word: 'Waiting for requests', tone: 'quiet' },
  ok: { sign: '✓', word: 'No drift', tone: 'good' },
  drift: { sign: '⚠', word: 'Drift', tone: 'warning' },
  failed: { sign: '✗', word: 'Failed', tone: 'bad' },
};

export interface HeaderProps {
  summary: MonitorSummary;
  report: DriftReport | null;
  host: Host<FromDriftPanel, DriftLook>;
}

export function Header({ summary, report, host }: HeaderProps): VNode {
  const now = useNow((at) => (summary.at === null ? Infinity : agoChangesIn(summary.at, at)));
  return (
    <header class="head">
      <div class="title">
        <h1>{summary.name}</h1>
        <Button onPress={() => host.post({ type: 'drift/open-threshold' })}>Open threshold in crisol.yaml</Button>
      </div>
      <p class="sentence" role="status">
        {summary.sentence}
      </p>
      <div class="head-facts">
        <StateMark {...LOOKS[summary.state]} />
        <span>
          endpoint{' '}
          <button
            type="button"
            class="link"
            onClick={() => host.post({ type: 'drift/open-endpoint', name: summary.endpoint })}
          >
            {summary.endpoint}
          </button>
        </span>
        {report && report.version !== null ? (
          <span>
            {report.model} v{report.version}
          </span>
        ) : null}
        {report ? <span>threshold {formatShort(report.threshold)}</span> : null}
        {summary.at === null ? null : <span title={formatMoment(summary.at)}>report {formatAgo(summary.at, now)}</span>}
      </div>
    </header>
  );
}
