import type { VNode } from 'preact';
import { naturally } from '../../schemas/natural-order.ts';
import { Breakable } from '../shared/breakable.tsx';
import { Scroller } from '../shared/scroller.tsx';
import { Empty } from '../shared/states.tsx';
import { TextField } from '../shared/toolkit.ts';
import type { RunsContext } from './context.ts';
import { matches } from './metrics.ts';

const FILTER_FROM = 12;

export function ParamsTab({ context }: { context: RunsContext }): VNode {
  const { run, look, host } = context;

  const all = [...(run.run?.params ?? [])].sort((a, b) => naturally(a.key, b.key));
  if (all.length === 0) {
    return <Empty>No params were logged. A script logs them with mlflow.log_param(name, value).</Empty>;
  }
  const filtered = all.length >= FILTER_FROM;
  const shown = filtered ? all.filter(({ key }) => matches(key, look.filter)) : all;
  return (
    <div class="tab">
      {filtered ? (
        <div class="toolbar">
          <TextField
            value={look.filter}
            placeholder={`Filter ${all.length} params`}
            label="Filter params by name"
            onInput={(filter) => host.keep({ filter })}
          />
        </div>
      ) : null}
      {shown.length === 0 ? <Empty>No param has “{look.filter}” in its name.</Empty> : <ParamTable params={shown} />}
    </div>
  );
}

function ParamTable({ params }: { params: { key: string; value: string }[] }): VNode {
  return (
    <Scroller class="wide" label="Params">
      <table class="sheet" aria-label="Params">
        <thead>
          <tr>
            <th scope="col">Param</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {params.map(({ key, value }) => (
            <tr key={key}>
              <th scope="row">
                <Breakable name={key} />
              </th>
              <td>
                <div class="long">{value}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
