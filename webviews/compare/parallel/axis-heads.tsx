import type { VNode } from 'preact';
import type { CompareContext } from '../context.ts';
import { without } from '../model/brushes.ts';
import type { Axis } from './axis.ts';
import { AxisHead } from './axis-head.tsx';
import { moved } from './choice.ts';
import type { Frame } from './geometry.ts';
import { axisX } from './geometry.ts';

export function AxisHeads({ axes, frame, context }: { axes: Axis[]; frame: Frame; context: CompareContext }): VNode {
  const { look, host } = context;
  const ids = axes.map(({ column }) => column.id);
  const remove = (id: string) =>
    host.keep({ axes: ids.filter((other) => other !== id), brushes: without(look.brushes, id) });
  return (
    <div class="axis-heads">
      {axes.map(({ column: { id, name }, logarithmic }, at) => (
        <AxisHead
          key={id}
          name={logarithmic ? `${name} (log)` : name}
          x={axisX(at, axes.length, frame)}
          room={frame.width / axes.length}
          onMove={(by) => host.keep({ axes: moved(ids, id, at + by) })}
          onRemove={() => remove(id)}
        />
      ))}
    </div>
  );
}
