import type { VNode } from 'preact';
import { Empty } from '../shared/states.tsx';
import { Button, Checkbox } from '../shared/toolkit.ts';
import type { CompareContext } from './context.ts';
import { cellText } from './model/cells.ts';
import { tableCsv } from './model/csv.ts';
import { RunTable } from './parts/run-table.tsx';

export function TableTab({ context }: { context: CompareContext }): VNode {
  const { columns, shown, look, host } = context;
  const wanted = columns.filter(({ differs }) => differs || !look.onlyDifferences);
  const save = () => {
    const head = ['run_id', 'run', 'state', ...wanted.map(({ name }) => name)];
    const rows = shown.map(({ id, name, run }) => [
      id,
      name,
      run.state,
      ...wanted.map(({ cells }) => cellText(cells.get(id))),
    ]);
    host.post({ type: 'compare/save', name: 'runs.csv', text: tableCsv({ head, rows }) });
  };
  return (
    <div class="tab">
      <div class="toolbar">
        <Checkbox checked={look.onlyDifferences} onToggle={(onlyDifferences) => host.keep({ onlyDifferences })}>
          Only what differs
        </Checkbox>
        <span class="spring" />
        <Button onPress={save}>Save as CSV</Button>
      </div>
      {wanted.length === 0 ? <Empty>Params and last values of metrics are all equal.</Empty> : null}
      <RunTable context={context} columns={wanted} alone />
    </div>
  );
}
