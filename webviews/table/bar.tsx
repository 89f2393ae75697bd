import type { VNode } from 'preact';
import { formatCount } from '../shared/format.ts';
import { Button, Dropdown } from '../shared/toolkit.ts';
import type { TableContext } from './context.ts';
import { tableAsCsv } from './csv.ts';
import { canGroupBy } from './grid/actions.ts';
import type { Aggregate } from './look.ts';

const AGGREGATES: { value: Aggregate; text: string }[] = [
  { value: 'mean', text: 'Mean' },
  { value: 'min', text: 'Min' },
  { value: 'max', text: 'Max' },
];
const MOST_GROUPINGS = 100;

/** How the table is arranged. */
export function Tools({ context, name }: { context: TableContext; name: string }): VNode {
  const { fields, look, host, columns } = context;
  const groupings = [...fields.values()].filter(canGroupBy).slice(0, MOST_GROUPINGS);
  const choices = [
    { value: '', text: 'No groups' },
    ...groupings.map(({ id, title }) => ({ value: id, text: `By ${title}` })),
  ];
  const save = () => {
    const { runs, view } = context;
    const text = tableAsCsv(
      runs,
      view,
      columns.map(({ field }) => field),
      look.aggregate,
    );
    host.post({ type: 'table/save', name: `${name.replaceAll(/[^\p{L}\d._-]+/gu, '-') || 'runs'}.csv`, text });
  };
  return (
    <div class="toolbar tools">
      <Dropdown
        label="Group by"
        value={look.group ?? ''}
        choices={choices}
        onChoose={(id) => host.keep({ group: id || null })}
      />
      {look.group === null ? null : (
        <Dropdown
          label="Of each group show"
          value={look.aggregate}
          choices={AGGREGATES}
          onChoose={(aggregate) => host.keep({ aggregate: aggregate as Aggregate })}
        />
      )}
      <Button pressed={look.choosing} onPress={() => host.keep({ choosing: !look.choosing })}>
        Columns
      </Button>
      <Button onPress={save}>Save as CSV</Button>
    </div>
  );
}

/** How many there are, and what can be done with those that are marked. */
export function Status(props: { context: TableContext; loading: boolean; total: number }): VNode {
  const { context, loading, total } = props;
  const { runs, view, selection, host, look, fields, chosen, columns } = context;
  const ids = [...selection.ids.value].filter((id) => runs.row(id) !== undefined);
  const [only] = ids;
  const hidden = chosen.filter((id) => fields.has(id)).length - columns.length;
  const counted =
    view.rows.length === runs.count
      ? formatCount(runs.count, 'run')
      : `${view.rows.length.toLocaleString('en-US')} of ${formatCount(runs.count, 'run')}`;
  return (
    <div class="toolbar status">
      <span role="status">
        {counted}
        {loading && runs.count < total ? `, ${(total - runs.count).toLocaleString('en-US')} more are being read…` : ''}
      </span>
      {hidden > 0 ? <span class="muted">{formatCount(hidden, 'column')} with one value hidden</span> : null}
      {look.baseline !== null ? (
        <Button look="icon" onPress={() => host.keep({ baseline: null })}>
          Clear baseline
        </Button>
      ) : null}
      <span class="spring" />
      {ids.length > 0 ? <span>{ids.length} marked</span> : null}
      {ids.length > 1 ? (
        <Button look="primary" onPress={() => host.post({ type: 'table/compare', run_ids: ids })}>
          Compare
        </Button>
      ) : null}
      {only !== undefined && ids.length === 1 ? (
        <>
          <Button look="primary" onPress={() => host.post({ type: 'table/open', run_id: only })}>
            Open run
          </Button>
          <Button onPress={() => host.keep({ baseline: only })}>Use as baseline</Button>
        </>
      ) : null}
      {ids.length > 0 ? (
        <Button look="icon" onPress={() => selection.replace([])}>
          Clear marks
        </Button>
      ) : null}
    </div>
  );
}
