import type { VNode } from 'preact';
import { Breakable } from '../shared/breakable.tsx';
import { Scroller } from '../shared/scroller.tsx';
import { Empty } from '../shared/states.tsx';
import { Checkbox, TextField } from '../shared/toolkit.ts';
import type { ComparedRow } from './compare.ts';
import { compareParams } from './compare.ts';
import type { RunsContext } from './context.ts';
import { matches } from './metrics.ts';
import { RunHeads } from './run-heads.tsx';

const FILTER_FROM = 12;

export function ParamsTab({ context }: { context: RunsContext }): VNode {
  const { runs, look } = context;
  const all = compareParams(runs);
  if (all.length === 0) {
    return <Empty>No params were logged. A script logs them with mlflow.log_param(name, value).</Empty>;
  }
  const compared = runs.length > 1;
  const filter = all.length >= FILTER_FROM ? look.filter : '';
  const rows = all.filter((row) => matches(row.name, filter) && (row.differs || !(compared && look.onlyDifferences)));
  return (
    <div class="tab">
      <div class="toolbar">
        {all.length >= FILTER_FROM ? (
          <TextField
            value={look.filter}
            placeholder={`Filter ${all.length} params`}
            label="Filter params by name"
            onInput={(text) => context.host.keep({ filter: text })}
          />
        ) : null}
        {compared ? <OnlyDifferences context={context} /> : null}
      </div>
      {rows.length === 0 ? <Empty>No param to show: all are equal or filtered out.</Empty> : null}
      {rows.length > 0 ? <ParamTable rows={rows} context={context} /> : null}
    </div>
  );
}

export function OnlyDifferences({ context: { look, host } }: { context: RunsContext }): VNode {
  return (
    <Checkbox checked={look.onlyDifferences} onToggle={(onlyDifferences) => host.keep({ onlyDifferences })}>
      Only differences
    </Checkbox>
  );
}

function ParamTable({ rows, context }: { rows: ComparedRow<string>[]; context: RunsContext }): VNode {
  const compared = context.runs.length > 1;
  return (
    <Scroller class="wide" label="Params">
      <table class="sheet" aria-label="Params">
        <thead>
          <tr>
            <th scope="col">Param</th>
            <RunHeads context={context} alone="Value" />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values, differs }) => (
            <tr key={name} class={compared ? (differs ? 'differs' : 'same') : undefined}>
              <th scope="row">
                <Breakable name={name} />
              </th>
              {values.map((value, at) => (
                <td key={at}>{value === undefined ? <span class="muted">–</span> : <div class="long">{value}</div>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
