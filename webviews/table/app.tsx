import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FromTablePanel } from '../../schemas/panels/table.ts';
import type { Host } from '../shared/host.ts';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { Button } from '../shared/toolkit.ts';
import type { Filter } from './arrange.ts';
import { readFilter, useTable } from './arrange.ts';
import { Status, Tools } from './bar.tsx';
import { ColumnsPane } from './columns-pane.tsx';
import { vocabularyOf } from './data/searched.ts';
import { FilterBox } from './filter/filter-box.tsx';
import { Grid } from './grid/grid.tsx';
import type { TableLook } from './look.ts';
import { Selection } from './selection.ts';
import type { TableState } from './state.ts';

interface AppProps {
  state: Signal<TableState>;
  host: Host<FromTablePanel, TableLook>;
}

export function App(props: AppProps): VNode {
  const state = props.state.value;
  return (
    <Shell
      connection={state.connection}
      problem={state.problem}
      onStart={() => props.host.post({ type: 'start-daemon' })}
    >
      <Content state={state} host={props.host} />
    </Shell>
  );
}

function Content({ state, host }: { state: TableState; host: AppProps['host'] }): VNode {
  const { experiment, runs, loading } = state;
  if (experiment === null) return <Empty>There is no such experiment any more.</Empty>;
  if (runs.count > 0) return <Table state={state} host={host} />;
  if (state.problem) return <Empty>The runs could not be read.</Empty>;
  if (loading && experiment?.run_count !== 0) return <Loading what="Loading runs…" />;
  return <Empty>There are no runs yet. They appear here as soon as a script logs to this experiment.</Empty>;
}

/** A filter is applied once nobody typed for this long. */
const TYPING_MS = 120;

function Table({ state, host }: { state: TableState; host: AppProps['host'] }): VNode {
  const selection = useMemo(() => keptSelection(host), [host]);
  const { text, filter, conditions, setText } = useFilter(host, state.wanted);
  const context = useTable({ state, host, selection, conditions });
  const { look, view } = context;
  const name = state.experiment?.name ?? '';
  const order = JSON.stringify([conditions, look.sorts, look.group]);
  return (
    <div class="table-panel">
      <header class="table-head">
        <h1>{name}</h1>
        <FilterBox value={text} error={filter.error} vocabulary={() => vocabularyOf(context.runs)} onChange={setText} />
        <Tools context={context} name={name} />
      </header>
      <Status context={context} loading={state.loading} total={state.experiment?.run_count ?? 0} />
      <div class="table-body">
        <div class="table-main">
          <Grid context={context} order={order} />
          {view.lines.length === 0 ? (
            <Empty>
              No run fulfils the filter. <Button onPress={() => setText('')}>Clear filter</Button>
            </Empty>
          ) : null}
        </div>
        {look.choosing ? <ColumnsPane context={context} /> : null}
      </div>
    </div>
  );
}

/** More marks than these are not worth keeping: somebody marked all. */
const KEPT_MARKS = 1000;

function keptSelection(host: AppProps['host']): Selection {
  const selection = new Selection(host.look.peek().marked);
  selection.ids.subscribe((ids) => host.note({ marked: ids.size > KEPT_MARKS ? [] : [...ids] }));
  return selection;
}

/** What is typed is kept at once; while it is wrong, the last that was right is applied. */
function useFilter(host: AppProps['host'], wanted: TableState['wanted']) {
  const [text, setText] = useState(host.look.value.filter);
  useEffect(() => {
    if (wanted) setText(wanted.filter);
  }, [wanted]);
  const [applied, setApplied] = useState(text);
  const right = useRef<Filter['conditions']>([]);
  const filter = useMemo(() => readFilter(text), [text]);
  const conditions = useMemo(() => {
    right.current = readFilter(applied).conditions ?? right.current;
    return right.current ?? [];
  }, [applied]);
  useEffect(() => {
    const timer = setTimeout(() => {
      setApplied(text);
      if (host.look.value.filter !== text) host.keep({ filter: text });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, host]);
  return { text, filter, conditions, setText };
}
