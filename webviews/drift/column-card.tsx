import type { VNode } from 'preact';
import type { ColumnDrift, DriftReport } from '../../schemas/wire/monitoring.ts';
import { currentColour, PairChart } from '../shared/chart/bar-chart.tsx';
import { formatFixed, formatNumber, formatPValue, formatShort } from '../shared/format.ts';
import { theme } from '../shared/theme.ts';
import { StateMark } from '../shared/work-state.tsx';
import { comparison, ruleOf, testName, trendOf, trendWord } from './columns.ts';
import type { HeaderProps } from './header.tsx';
import { Sparkline } from './sparkline.tsx';

const LOOKS: Record<ColumnDrift['state'], { sign: string; word: string; tone: string }> = {
  ok: { sign: '✓', word: 'No drift', tone: 'good' },
  drift: { sign: '⚠', word: 'Drift', tone: 'warning' },
  unknown: { sign: '–', word: 'Not tested', tone: 'quiet' },
};

export interface ColumnCardProps {
  column: ColumnDrift;
  /** how many the report has */
  columns: number;
  history: DriftReport['history'];
  host: HeaderProps['host'];
}

export function ColumnCard({ column, columns, history, host }: ColumnCardProps): VNode {
  const large = host.look.value.large === column.name;
  const facts = <Facts column={column} columns={columns} history={history} />;
  if (!column.bins) {
    return (
      <section class="figure bare" aria-label={column.name}>
        <h3>{column.name}</h3>
        <div class="facts">{facts}</div>
      </section>
    );
  }
  return (
    <PairChart
      title={column.name}
      facts={facts}
      labels={column.bins.labels}
      reference={column.bins.reference}
      current={column.bins.current}
      large={large}
      onResize={() => host.keep({ large: large ? null : column.name })}
    />
  );
}

function Facts({ column, columns, history }: Omit<ColumnCardProps, 'host'>): VNode {
  const trend = trendOf(history, column.name);
  const tested = column.state !== 'unknown';
  return (
    <>
      <StateMark {...LOOKS[column.state]} title={tested ? ruleOf(column, columns) : undefined} />
      {tested && column.effect !== null ? (
        <span>
          {column.effect_name} <b>{formatFixed(column.effect, 3)}</b> {comparison(column)}{' '}
          {formatShort(column.threshold)}
        </span>
      ) : null}
      {column.note ? <span class="note">{column.note}</span> : null}
      {tested ? <Numbers column={column} /> : null}
      <span class="sizes">
        <Key fill={false} /> reference {formatNumber(column.reference_rows)} rows <Key fill /> current{' '}
        {formatNumber(column.current_rows)}
      </span>
      {trend.length > 1 ? (
        <span class="trend">
          {trendWord(trend)} <Sparkline points={trend} threshold={column.threshold} />
        </span>
      ) : null}
    </>
  );
}

function Numbers({ column }: { column: ColumnDrift }): VNode {
  // the effect stands above: where it is the statistic, or PSI, it is not said twice
  const byPsi = column.effect_name === 'PSI';
  const facts: [string, string][] = [
    [testName(column), byPsi ? formatFixed(column.statistic, 3) : ''],
    ['p', formatPValue(column.p_value)],
    ...(byPsi ? [] : [['PSI', formatFixed(column.psi, 3)] satisfies [string, string]]),
  ];
  return (
    <span class="numbers-line">
      {facts.map(([name, value]) => (
        <span key={name}>
          {name} <b>{value}</b>
        </span>
      ))}
    </span>
  );
}

/** The chart's key: an outline and a fill, as its bars are drawn. */
function Key({ fill }: { fill: boolean }): VNode {
  const look = theme.value;
  const colour = fill ? currentColour(look) : look.muted;
  return (
    <span class="key" aria-hidden="true" style={{ borderColor: colour, background: fill ? `${colour}99` : 'none' }} />
  );
}
