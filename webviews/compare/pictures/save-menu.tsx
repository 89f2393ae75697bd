import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { TableData } from '../../shared/chart/figure.tsx';
import { Icon } from '../../shared/icons.tsx';
import type { CompareHost } from '../context.ts';
import { tableCsv } from '../model/csv.ts';
import { pngOf } from './png.ts';

export interface SaveMenuProps {
  title: string;
  host: CompareHost;
  /** undefined while nothing is drawn */
  svg: () => string | undefined;
  table: () => TableData;
}

/** A picture of a chart, or its numbers, as a file. */
export function SaveMenu({ title, host, svg, table }: SaveMenuProps): VNode {
  const menu = useRef<HTMLDetailsElement>(null);
  const name = title.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-');
  const acts: [string, () => void][] = [
    [
      'PNG',
      () => {
        const drawn = svg();
        if (drawn === undefined) return;
        void pngOf(drawn).then((base64) => host.post({ type: 'compare/save-picture', name: `${name}.png`, base64 }));
      },
    ],
    [
      'SVG',
      () => {
        const drawn = svg();
        if (drawn !== undefined) host.post({ type: 'compare/save', name: `${name}.svg`, text: drawn });
      },
    ],
    ['CSV', () => host.post({ type: 'compare/save', name: `${name}.csv`, text: tableCsv(table()) })],
  ];
  return (
    <details
      ref={menu}
      class="menu"
      onKeyDown={(event) => event.key === 'Escape' && menu.current?.removeAttribute('open')}
      onFocusOut={(event) => {
        if (!menu.current?.contains(event.relatedTarget as Node | null)) menu.current?.removeAttribute('open');
      }}
    >
      <summary title="Save" aria-label={`Save: ${title}`}>
        <Icon name="picture" />
      </summary>
      <div class="menu-items">
        {acts.map(([what, act]) => (
          <button
            key={what}
            type="button"
            onClick={() => {
              menu.current?.removeAttribute('open');
              act();
            }}
          >
            Save as {what}
          </button>
        ))}
      </div>
    </details>
  );
}
