import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Layout, PlacedLink } from '../layout/index.ts';
import { linkKey } from '../model/picture.ts';

const HEAD = 5;

export interface LinksProps {
  layout: Layout;
  critical: ReadonlySet<string>;
  /** the step that is looked at: its links stand out */
  chosen: string | null;
}

/** Drawn again only where other links stand out: their paths are long. */
export function Links({ layout, critical, chosen }: LinksProps): VNode {
  return useMemo(() => drawn(layout, critical, chosen), [layout, [...critical].join('\n'), chosen]);
}

/** All links of a kind are one line to the browser, however many there are. */
function drawn(layout: Layout, critical: ReadonlySet<string>, chosen: string | null): VNode {
  const kinds: Record<'plain' | 'critical' | 'chosen', PlacedLink[]> = { plain: [], critical: [], chosen: [] };
  for (const link of layout.links) {
    if (critical.has(linkKey(link.from, link.to))) kinds.critical.push(link);
    else if (link.from === chosen || link.to === chosen) kinds.chosen.push(link);
    else kinds.plain.push(link);
  }
  return (
    <svg class="links" width={layout.width} height={layout.height} aria-hidden="true">
      {Object.entries(kinds).map(([kind, links]) => (
        <g key={kind} class={`links-${kind}`}>
          <path class="link-lines" d={links.map(({ path }) => path).join('')} />
          <path class="link-heads" d={links.map(headOf).join('')} />
        </g>
      ))}
    </svg>
  );
}

function headOf({ end: { x, y, from } }: PlacedLink): string {
  const [back, side] = [HEAD * 1.6, HEAD];
  if (from === 'left') return `M${x} ${y}l${-back} ${-side}v${2 * side}z`;
  return `M${x} ${y}l${-side} ${-back}h${2 * side}z`;
}
