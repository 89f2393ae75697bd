import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Empty } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import { Dropdown } from '../shared/toolkit.ts';
import { BarsChart } from './charts/bars-chart.tsx';
import { ScatterChart } from './charts/scatter-chart.tsx';
import type { CompareContext } from './context.ts';
import type { CompareLook } from './look.ts';
import { colourScale } from './model/colours.ts';
import type { Column } from './model/columns.ts';
import { headlines } from './parallel/choice.ts';
import { colourColumn } from './parallel-tab.tsx';
import { ColourBy } from './parts/colour-by.tsx';

export function ScatterTab({ context }: { context: CompareContext }): VNode {
  const { columns, look, shown, all, host } = context;
  const { x, y, bars } = chosen(columns, look);
  const colour = colourColumn(context);
  const scale = useMemo(
    () => (colour ? colourScale(colour, all, theme.value.kind) : undefined),
    [colour, all, theme.value],
  );
  if (!x || !y || !bars) {
    return <Empty>A scatter needs a metric. A script logs one with mlflow.log_metric(name, value).</Empty>;
  }
  const colourOf = scale?.colourOf ?? (({ style }) => style.colour);
  const choices = columns.map(({ id, name, kind }) => ({ value: id, text: `${name} (${kind})` }));
  return (
    <div class="tab">
      <div class="toolbar">
        <Choose what="Across" value={x.id} choices={choices} onChoose={(scatterX) => host.keep({ scatterX })} />
        <Choose
          what="Up"
          value={y.id}
          choices={choices.filter((_, at) => columns[at]?.numeric)}
          onChoose={(scatterY) => host.keep({ scatterY })}
        />
        <ColourBy columns={columns} column={colour} scale={scale} onChoose={(colourBy) => host.keep({ colourBy })} />
      </div>
      <ScatterChart items={shown} x={x} y={y} colourOf={colourOf} host={host} />
      <div class="toolbar bars-toolbar">
        <Choose
          what="Bars of"
          value={bars.id}
          choices={choices.filter((_, at) => columns[at]?.numeric)}
          onChoose={(barsOf) => host.keep({ barsOf })}
        />
      </div>
      <BarsChart items={shown} column={bars} baseline={all[0]} host={host} />
    </div>
  );
}

interface ChooseProps {
  what: string;
  value: string;
  choices: { value: string; text: string }[];
  onChoose: (id: string) => void;
}

function Choose({ what, value, choices, onChoose }: ChooseProps): VNode {
  return (
    <span class="labelled">
      {what}
      <Dropdown label={what} value={value} choices={choices} onChoose={onChoose} />
    </span>
  );
}

/** Until somebody chooses: the first param that differs against the metric that people judge by. */
function chosen(columns: readonly Column[], look: CompareLook) {
  const find = (id: string | null) => columns.find((column) => column.id === id);
  const numeric = (id: string | null) => {
    const column = find(id);
    return column?.numeric ? column : undefined;
  };
  const metrics = headlines(columns);
  const first = metrics.find(({ differs }) => differs) ?? metrics[0];
  const params = columns.filter(({ kind }) => kind === 'param');
  const across = params.find(({ differs, numeric }) => differs && numeric) ?? params.find(({ differs }) => differs);
  return {
    x: find(look.scatterX) ?? across ?? metrics[1] ?? first,
    y: numeric(look.scatterY) ?? first,
    bars: numeric(look.barsOf) ?? first,
  };
}
