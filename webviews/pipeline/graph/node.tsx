import type { VNode } from 'preact';
import type { Place } from '../layout/index.ts';
import type { NodeWords } from '../model/words.ts';
import type { Spot } from './spots.ts';
import { spotId } from './spots.ts';

export interface NodeProps {
  spot: Spot;
  kind: 'step' | 'stack' | 'spread' | 'variant';
  name: string;
  words: NodeWords;
  place: Place;
  level: number;
  isCritical: boolean;
  isChosen: boolean;
  /** the one that Tab leads to */
  isCurrent: boolean;
}

export function Node({ spot, kind, name, words, place, level, isCritical, isChosen, isCurrent }: NodeProps): VNode {
  const { sign, tone, count, note, progress } = words;
  const { x, y, width, height } = place;
  const expanded = kind === 'stack' ? 'false' : kind === 'spread' ? 'true' : undefined;
  return (
    <div
      class={`node ${kind} ${tone}${isCritical ? ' critical' : ''}${isChosen ? ' chosen' : ''}`}
      style={{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
      data-spot={spotId(spot)}
      data-group={spot.group}
      data-step={spot.step ?? undefined}
      role="treeitem"
      tabIndex={isCurrent ? 0 : -1}
      title={`${name}: ${note}`}
      aria-label={[name, count, note, isCritical ? 'on the critical path' : ''].filter(Boolean).join(', ')}
      aria-level={level}
      aria-selected={isChosen}
      aria-expanded={expanded}
    >
      <span class="node-sign" aria-hidden="true">
        {sign}
      </span>
      <span class="node-name">{name}</span>
      {count === '' ? null : <span class="node-count">{count}</span>}
      {expanded === undefined ? null : (
        <span class="node-twist" aria-hidden="true">
          {expanded === 'true' ? '▾' : '▸'}
        </span>
      )}
      <span class="node-note">{note}</span>
      {progress === null ? null : <span class="node-progress" style={{ width: `${Math.round(progress * 100)}%` }} />}
    </div>
  );
}
