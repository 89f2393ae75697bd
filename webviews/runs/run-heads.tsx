import type { VNode } from 'preact';
import { Swatch } from '../shared/chart/legend.tsx';
import type { RunsContext } from './context.ts';

/** The columns' heads: the runs' names, with the line that the charts draw for each. */
export function RunHeads({ context, alone }: { context: RunsContext; alone: string }): VNode {
  const { names, styles } = context;
  if (names.length === 1) return <th scope="col">{alone}</th>;
  return (
    <>
      {names.map((name, at) => (
        <th key={name} scope="col" title={name}>
          {styles[at] ? <Swatch style={styles[at]} /> : null} {name}
          {at === 0 ? <span class="badge">baseline</span> : null}
        </th>
      ))}
    </>
  );
}
