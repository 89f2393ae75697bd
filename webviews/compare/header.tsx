import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { naturally } from '../../schemas/natural-order.ts';
import { Swatch } from '../shared/chart/legend.tsx';
import { formatCount } from '../shared/format.ts';
import { Button, Dropdown } from '../shared/toolkit.ts';
import { hoverLine } from './charts/hover-line.ts';
import type { CompareContext, CompareHost } from './context.ts';
import type { Item } from './model/items.ts';

export function Header({ context, known }: { context: CompareContext; known: number }): VNode {
  const { state, all, shown, look, host } = context;
  const missing = known - all.length;
  // of hundreds of runs only what is new is looked at
  const told = shown.map(({ id, name, style }) => `${id} ${name} ${style.colour}`).join('\n');
  const legend = useMemo(() => <Legend items={shown} baseline={all[0]?.id} host={host} />, [told, all[0]?.id, host]);
  const choice = useMemo(() => <BaselineChoice all={all} host={host} />, [told, all[0]?.id, all.length, host]);
  const running = all.filter(({ run }) => run.ended_at === null).length;
  return (
    <header class="head">
      <h1>Comparing {formatCount(all.length, 'run')}</h1>
      <div class="head-facts">
        {known < state.total ? (
          <span role="status">
            {known} of {state.total} are here…
          </span>
        ) : null}
        {running > 0 ? <span>{running} running</span> : null}
        {missing > 0 ? <span class="muted">{missing} of the runs no longer exist.</span> : null}
        {Object.keys(look.brushes).length > 0 ? (
          <span class="chip">
            {shown.length} of {all.length} within what is marked
            <Button look="icon" label="Show all runs again" onPress={() => host.keep({ brushes: {} })}>
              Clear
            </Button>
          </span>
        ) : null}
        <span class="spring" />
        {choice}
      </div>
      {legend}
    </header>
  );
}

function BaselineChoice({ all, host }: { all: Item[]; host: CompareHost }): VNode {
  return (
    <span class="labelled">
      Baseline
      <Dropdown
        label="Baseline: the run that others are compared with"
        value={all[0]?.id ?? ''}
        choices={byName(all).map(({ id, name }) => ({ value: id, text: name }))}
        onChoose={(baseline) => host.keep({ baseline })}
      />
    </span>
  );
}

function Legend(props: { items: Item[]; baseline: string | undefined; host: CompareHost }): VNode {
  const { items, baseline, host } = props;
  return (
    <ul class="legend" aria-label="Runs">
      {items.map((item) => (
        <LegendEntry key={item.id} item={item} isBaseline={item.id === baseline} host={host} />
      ))}
    </ul>
  );
}

function LegendEntry({ item, isBaseline, host }: { item: Item; isBaseline: boolean; host: CompareHost }): VNode {
  const pointed = useComputed(() => hoverLine.value === item.id);
  return (
    <li
      class={pointed.value ? 'pointed' : undefined}
      onPointerEnter={() => {
        hoverLine.value = item.id;
      }}
      onPointerLeave={() => {
        hoverLine.value = null;
      }}
    >
      <Swatch style={item.style} />
      <button
        type="button"
        class="link"
        title="Open this run"
        onClick={() => host.post({ type: 'compare/open', run_id: item.id })}
      >
        {item.name}
      </button>
      {isBaseline ? <span class="badge">baseline</span> : null}
    </li>
  );
}

export function byName(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => naturally(a.name, b.name));
}
