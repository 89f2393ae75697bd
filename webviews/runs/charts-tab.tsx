import type { VNode } from 'preact';
import { Empty } from '../shared/states.tsx';
import { Button, Checkbox, Dropdown, TextField } from '../shared/toolkit.ts';
import type { RunsContext } from './context.ts';
import { pointsAsCsv } from './export.ts';
import { MetricChart } from './metric-chart.tsx';
import { MetricTable } from './metric-table.tsx';
import { isCurve, matches, metricNames } from './metrics.ts';
import { runName } from './names.ts';

/** With fewer charts than this a filter is in the way. */
const FILTER_FROM = 7;

export function ChartsTab({ context }: { context: RunsContext }): VNode {
  const { run, look } = context;
  const all = metricNames(run);
  if (all.length === 0) return <Empty>{noMetrics(context)}</Empty>;
  const filter = all.length >= FILTER_FROM ? look.filter : '';
  const shown = all.filter((name) => matches(name, filter));
  const curves = shown.filter((name) => isCurve(run, name));
  const single = shown.filter((name) => !curves.includes(name));
  return (
    <div class="tab">
      <Toolbar context={context} count={all.length} />
      {shown.length === 0 ? <Empty>No metric has “{filter}” in its name.</Empty> : null}
      <div class="figures">
        {curves.map((metric) => (
          <MetricChart key={metric} metric={metric} context={context} />
        ))}
      </div>
      {single.length > 0 ? (
        <section>
          <h2>Logged once</h2>
          <MetricTable names={single} run={run} label="Metrics that were logged once" />
        </section>
      ) : null}
    </div>
  );
}

function noMetrics({ run: { run } }: RunsContext): string {
  const running = run?.state === 'running' || run?.state === 'pending';
  return running
    ? 'No metrics yet. They appear here as they are logged.'
    : 'No metrics were logged. A script logs them with mlflow.log_metric(name, value, step).';
}

function Toolbar({ context, count }: { context: RunsContext; count: number }): VNode {
  const { look, host, run } = context;
  const save = () =>
    host.post({
      type: 'runs/save',
      name: `${runName(run)}-metrics.csv`,
      text: pointsAsCsv(run),
    });
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
        choices={[
          { value: 'step', text: 'By step' },
          { value: 'time', text: 'By time' },
        ]}
        onChoose={(x) => host.keep({ x: x === 'time' ? 'time' : 'step' })}
      />
      <Dropdown
        label="Smoothing"
        value={String(look.smoothing)}
        choices={[
          { value: '0', text: 'Not smoothed' },
          { value: '0.6', text: 'Smoothed' },
          { value: '0.9', text: 'Strongly smoothed' },
        ]}
        onChoose={(weight) => host.keep({ smoothing: Number(weight) })}
      />
      <Checkbox checked={look.logarithmic} onToggle={(logarithmic) => host.keep({ logarithmic })}>
        Logarithmic
      </Checkbox>
      <span class="spring" />
      <Button onPress={save}>Save as CSV</Button>
    </div>
  );
}
