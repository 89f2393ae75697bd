import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { Scroller } from '../scroller.tsx';
import { Button } from '../toolkit.ts';

export interface TableData {
  head: string[];
  rows: string[][];
}

export interface FigureProps {
  title: string;
  /** one line under the title: the numbers that matter */
  facts?: ComponentChildren;
  table: () => TableData;
  large?: boolean;
  onResize?: () => void;
  /** more buttons beside the title */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** More rows than this help nobody who reads them. */
const SHOWN_ROWS = 500;

/** A picture with its title, and a table that says the same. */
export function Figure({ title, facts, table, large, onResize, actions, children }: FigureProps): VNode {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure class={large ? 'figure large' : 'figure'} aria-label={title}>
      <figcaption>
        <h3 title={title}>{title}</h3>
        <span class="figure-buttons">
          {actions}
          {onResize ? (
            <Button look="icon" pressed={large} title="Full size" label={`Full size: ${title}`} onPress={onResize}>
              <Icon name={large ? 'shrink' : 'expand'} />
            </Button>
          ) : null}
          <Button
            look="icon"
            pressed={asTable}
            title="Show as table"
            label={`Show as table: ${title}`}
            onPress={() => setAsTable(!asTable)}
          >
            <Icon name="table" />
          </Button>
        </span>
        {facts ? <div class="facts">{facts}</div> : null}
      </figcaption>
      {asTable ? (
        <FigureTable title={title} data={table()} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the button above
        <div class="canvas" onDblClick={onResize}>
          {children}
        </div>
      )}
    </figure>
  );
}

function FigureTable({ title, data }: { title: string; data: TableData }): VNode {
  const left = data.rows.length - SHOWN_ROWS;
  return (
    <Scroller class="canvas scroll" label={`Values of ${title}`}>
      <table class="numbers" aria-label={title}>
        <thead>
          <tr>
            {data.head.map((text, at) => (
              <th key={at} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.slice(0, SHOWN_ROWS).map((cells, row) => (
            <tr key={row}>
              {cells.map((text, at) => (
                <td key={at}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 ? <p class="muted">and {left} more</p> : null}
    </Scroller>
  );
}
