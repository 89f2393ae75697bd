import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Empty } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import { Button, Checkbox } from '../shared/toolkit.ts';
import type { CompareContext } from './context.ts';
import { colourScale } from './model/colours.ts';
import { axisOf } from './parallel/axis.ts';
import { ParallelChart } from './parallel/chart.tsx';
import { chosenAxes, headlines } from './parallel/choice.ts';
import { ColourBy } from './parts/colour-by.tsx';
import { RunTable } from './parts/run-table.tsx';

export function ParallelTab({ context }: { context: CompareContext }): VNode {
  const { all, columns, look, host } = context;
  const chosen = useMemo(() => chosenAxes(columns, look.axes), [columns, look.axes]);
  const axes = useMemo(() => chosen.map(axisOf), [chosen]);
  const colour = colourColumn(context);
  const colourOf = useMemo(() => {
    if (!colour) return undefined;
    return colourScale(colour, all, theme.value.kind);
  }, [colour, all, theme.value]);
  return (
    <div class="tab">
      <div class="toolbar">
        <AxisChoice context={context} chosen={chosen.map(({ id }) => id)} />
        <ColourBy columns={columns} column={colour} scale={colourOf} onChoose={(colourBy) => host.keep({ colourBy })} />
        <Button
          disabled={look.axes === null && Object.keys(look.brushes).length === 0}
          onPress={() => host.keep({ axes: null, brushes: {} })}
        >
          Start over
        </Button>
      </div>
      {axes.length === 0 ? (
        <Empty>Nothing differs between these runs. Choose axes above to see them all the same.</Empty>
      ) : (
        <ParallelChart
          axes={axes}
          colour={colour}
          colourOf={colourOf?.colourOf ?? (({ style }) => style.colour)}
          context={context}
        />
      )}
      <RunTable
        context={context}
        columns={columns.filter(({ id, differs }) => differs || chosen.some((axis) => axis.id === id))}
      />
    </div>
  );
}

/** 'none' means each run's own colour; without a choice the metric that people judge by. */
export function colourColumn({ columns, look }: CompareContext) {
  if (look.colourBy === 'none') return undefined;
  const metrics = headlines(columns);
  return columns.find(({ id }) => id === look.colourBy) ?? metrics.find(({ differs }) => differs);
}

function AxisChoice({ context, chosen }: { context: CompareContext; chosen: string[] }): VNode {
  const { columns, host } = context;
  const toggle = (id: string, on: boolean) =>
    host.keep({ axes: on ? [...chosen, id] : chosen.filter((one) => one !== id) });
  return (
    <details class="menu axes-menu">
      <summary>
        Axes: {chosen.length} of {columns.length}
      </summary>
      <div class="menu-items">
        {columns.map(({ id, name, kind, differs }) => (
          <Checkbox key={id} checked={chosen.includes(id)} label={`${kind} ${name}`} onToggle={(on) => toggle(id, on)}>
            {name} <span class="muted">{differs ? kind : `${kind}, all the same`}</span>
          </Checkbox>
        ))}
      </div>
    </details>
  );
}
