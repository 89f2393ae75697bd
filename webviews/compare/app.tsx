import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import { Tabs } from '../shared/toolkit.ts';
import { ChangesTab } from './changes-tab.tsx';
import { ChartsTab } from './charts-tab.tsx';
import type { CompareContext, CompareHost } from './context.ts';
import { Header } from './header.tsx';
import { brushed } from './model/brushes.ts';
import { coloured } from './model/colours.ts';
import { columnsOf } from './model/columns.ts';
import { itemsOf } from './model/items.ts';
import { ParallelTab } from './parallel-tab.tsx';
import { ScatterTab } from './scatter-tab.tsx';
import type { CompareState } from './state.ts';
import { TableTab } from './table-tab.tsx';

export function App({ state, host }: { state: Signal<CompareState>; host: CompareHost }): VNode {
  const { connection, problem } = state.value;
  return (
    <Shell connection={connection} problem={problem} onStart={() => host.post({ type: 'start-daemon' })}>
      <Content state={state.value} host={host} />
    </Shell>
  );
}

function Content({ state, host }: { state: CompareState; host: CompareHost }): VNode {
  const look = host.look.value;
  const { kind } = theme.value;
  const own = useMemo(() => itemsOf(state.runs.values(), look.baseline, kind), [state.runs, look.baseline, kind]);
  const columns = useMemo(() => columnsOf(own), [own]);
  const by = look.tab === 'charts' ? columns.find(({ id }) => id === look.curvesBy) : undefined;
  const all = useMemo(() => (by ? coloured(own, by, kind) : own), [own, by, kind]);
  const shown = useMemo(() => {
    const inside = brushed(
      all.map(({ id }) => id),
      columns,
      look.brushes,
    );
    return all.filter(({ id }) => inside.has(id));
  }, [all, columns, look.brushes]);
  const known = [...state.runs.values()].filter((run) => run.known).length;
  if (known === 0) return <Loading what="Loading the runs…" />;
  if (all.length === 0 && known === state.total) {
    return <Empty>None of these runs exists any more. Choose others in the view Experiments.</Empty>;
  }
  const context: CompareContext = { state, all, shown, columns, look, host };
  return (
    <>
      <Header context={context} known={known} />
      <Tabs
        label="How to compare the runs"
        tabs={[
          { id: 'charts', title: 'Charts', content: () => <ChartsTab context={context} /> },
          { id: 'parallel', title: 'Parallel coordinates', content: () => <ParallelTab context={context} /> },
          { id: 'scatter', title: 'Scatter and bars', content: () => <ScatterTab context={context} /> },
          { id: 'table', title: 'Table', content: () => <TableTab context={context} /> },
          { id: 'changes', title: 'What changed?', content: () => <ChangesTab context={context} /> },
        ]}
        open={look.tab}
        onOpen={(tab) => host.keep({ tab })}
      />
    </>
  );
}
