import type { VNode } from 'preact';
import { Component } from 'preact';
import type { Place } from '../layout/index.ts';
import type { NodeWords } from '../model/words.ts';
import type { Spot } from './spots.ts';

export interface NodeProps extends Spot, NodeWords {
  id: string;
  kind: 'step' | 'stack' | 'spread' | 'variant';
  name: string;
  place: Place;
  /** how far from the top, and which of how many beside each other */
  level: number;
  position: number;
  siblings: number;
  /** what it needs and who needs it, in words */
  links: string;
  isCritical: boolean;
  isChosen: boolean;
  /** the one that Tab leads to */
  isCurrent: boolean;
  /** it is not among those that are looked for */
  isMissed: boolean;
}

/** Drawn again only when something in it is another: of a thousand nodes a few are, many times a second. */
export class Node extends Component<NodeProps> {
  override shouldComponentUpdate(next: NodeProps): boolean {
    return (Object.keys(next) as (keyof NodeProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render(): VNode {
    const { id, group, step, place, level, position, siblings, links, isChosen, isCurrent, ...shown } = this.props;
    const { kind, name, count, note, spoken, isCritical } = shown;
    const { x, y, width, height } = place;
    return (
      <div
        class={classesOf(this.props)}
        style={{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
        data-spot={id}
        data-group={group}
        data-step={step ?? undefined}
        role="treeitem"
        tabIndex={isCurrent ? 0 : -1}
        title={`${name}: ${note}`}
        aria-label={[name, count, spoken, isCritical ? 'on the critical path' : ''].filter(Boolean).join(', ')}
        aria-description={links}
        aria-level={level}
        aria-posinset={position}
        aria-setsize={siblings}
        aria-selected={isChosen}
        aria-expanded={kind === 'stack' ? 'false' : kind === 'spread' ? 'true' : undefined}
      >
        <Face {...shown} />
      </div>
    );
  }
}

function classesOf({ kind, tone, isCritical, isChosen, isMissed }: NodeProps): string {
  return `node ${kind} ${tone}${isCritical ? ' critical' : ''}${isChosen ? ' chosen' : ''}${isMissed ? ' missed' : ''}`;
}

function Face({ sign, kind, name, count, note, progress }: Pick<NodeProps, 'kind' | 'name'> & NodeWords): VNode {
  return (
    <>
      <span class="node-sign" aria-hidden="true">
        {sign}
      </span>
      <span class="node-name">{name}</span>
      {count === '' ? null : <span class="node-count">{count}</span>}
      {kind === 'stack' || kind === 'spread' ? (
        <span class="node-twist" aria-hidden="true">
          {kind === 'spread' ? '▾' : '▸'}
        </span>
      ) : null}
      <span class="node-note">{note}</span>
      {progress === null ? null : <span class="node-progress" style={{ width: `${Math.round(progress * 100)}%` }} />}
    </>
  );
}
