import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Empty } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import { Button, Checkbox, Dropdown, TextField } from '../shared/toolkit.ts';
import type { CompareContext } from './context.ts';
import type { CompareX } from './look.ts';
import { isLogX } from './look.ts';
import { MetricFigure } from './metric-figure.tsx';
import { colourScale } from './model/colours.ts';
import { pointsCsv } from './model/csv.ts';
import { curveMetrics, matches } from './model/metrics.ts';
import { ColourBy } from './parts/colour-by.tsx';
import { useCloseUps } from './parts/use-close-ups.ts';

/** With fewer charts than this a filter is in the way. */
const FILTER_FROM = 7;

export function ChartsTab({ context }: { context: CompareContext }): VNode {
  const { all, shown, look } = context;
  const metrics = curveMetrics(all);
  const filter = metrics.length >= FILTER_FROM ? look.filter : '';
  const charts = metrics.filter((name) => matches(name, filter));
  useCloseUps(context, charts);
  if (metrics.length === 0) return <Empty>{noCurves(context)}</Empty>;
  return (
    <div class="tab">
      <Toolbar context={context} count={metrics.length} />
      {charts.length === 0 ? <Empty>No metric has “{filter}” in its name.</Empty> : null}
      {shown.length === 0 ? <Empty>No run is within what is marked in the parallel coordinates.</Empty> : null}
      <div class="figures">
        {charts.map((metric) => (
          <MetricFigure key={metric} metric={metric} context={context} />
        ))}
      </div>
    </div>
  );
}

function noCurves({ all }: CompareContext): string {
  if (all.some(({ metrics }) => metrics.size > 0)) {
    return 'No metric was logged more than once, so there are no curves. The other tabs compare single values.';
  }
  return all.some(({ run }) => run.ended_at === null)
    ? 'No metrics yet. They appear here as they are logged.'
    : 'No metrics were logged. A script logs them with mlflow.log_metric(name, value, step).';
}

const AXES: { value: CompareX; text: string }[] = [
  { value: 'step', text: 'By step' },
  { value: 'relative', text: 'By time since start' },
  { value: 'time', text: 'By time of day' },
];

function Toolbar({ context, count }: { context: CompareContext; count: number }): VNode {
  const { look, host, shown } = context;
  const zoomed = look.xRange !== null || Object.keys(look.yRanges).length > 0;
  return (
    <div class="toolbar">
      {count >= FILTER_FROM ? (
        <TextField
          value={look.filter}
          placeholder={`Filter ${count} metrics`}
          label="Filter metrics by name"
          onInput={(filter) => host.keep({ filter })}
        />
      ) : null}
      <Dropdown
        label="Horizontal axis"
        value={look.x}
        choices={AXES}
        onChoose={(x) => host.keep({ x: AXES.find(({ value }) => value === x)?.value ?? 'step', xRange: null })}
      />
      <Smoothing context={context} />
      <Checkbox checked={look.logY} onToggle={(logY) => host.keep({ logY, yRanges: {} })}>
        Log y
      </Checkbox>
      <Checkbox
        checked={isLogX(look)}
        disabled={look.x === 'time'}
        onToggle={(logX) => host.keep({ logX, xRange: null })}
      >
        Log x
      </Checkbox>
      <CurvesBy context={context} />
      <Button disabled={!zoomed} onPress={() => host.keep({ xRange: null, yRanges: {} })}>
        Show all
      </Button>
      <span class="spring" />
      <Button
        onPress={() => host.post({ type: 'compare/save', name: 'runs-metrics.csv', text: pointsCsv(shown) })}
        title="Every point that is known here, one a line"
      >
        Save as CSV
      </Button>
      <p class="hint muted">Drag to zoom, Shift and drag to move, Ctrl and wheel or + and − to zoom, 0 shows all.</p>
    </div>
  );
}

/** With many runs their own colours say little; what one of their params or results does to the curves says more. */
function CurvesBy({ context: { columns, all, look, host } }: { context: CompareContext }): VNode {
  const column = columns.find(({ id }) => id === look.curvesBy);
  const { kind } = theme.value;
  const scale = useMemo(() => (column ? colourScale(column, all, kind) : undefined), [column, all, kind]);
  const differing = columns.filter(({ differs, id }) => differs || id === column?.id);
  return (
    <ColourBy
      columns={differing}
      column={column}
      scale={scale}
      onChoose={(id) => host.keep({ curvesBy: id === 'none' ? null : id })}
    />
  );
}

function Smoothing({ context: { look, host } }: { context: CompareContext }): VNode {
  return (
    <label class="labelled">
      Smoothing
      <input
        type="range"
        min="0"
        max="0.99"
        step="0.01"
        value={look.smoothing}
        aria-valuetext={look.smoothing === 0 ? 'off' : String(look.smoothing)}
        onInput={(event) => host.keep({ smoothing: Number(event.currentTarget.value) })}
      />
      <output>{look.smoothing === 0 ? 'off' : look.smoothing.toFixed(2)}</output>
    </label>
  );
}
