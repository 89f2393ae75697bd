import type { VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { hasVariants } from '../../../schemas/pipelines/groups.ts';
import { variantLabel } from '../../../schemas/pipelines/standing.ts';
import type { PipelineContext } from '../context.ts';
import type { Layout, Place } from '../layout/index.ts';
import { layoutOf } from '../layout/index.ts';
import type { OnPath } from '../model/picture.ts';
import { groupWords, stepWords } from '../model/words.ts';
import { boxOf, isSpread, variantPlaces } from './boxes.ts';
import { Links } from './links.tsx';
import { Node } from './node.tsx';
import { READABLE } from './scale.ts';
import type { Spot, Ways } from './spots.ts';
import { spotId } from './spots.ts';
import { Tools } from './tools.tsx';
import { useSpots } from './use-spots.ts';
import { useView } from './use-view.ts';

export interface GraphProps {
  context: PipelineContext;
  onPath: OnPath;
}

export function Graph({ context, onPath }: GraphProps): VNode {
  const { picture, look, host } = context;
  const spread = useMemo(() => new Set(look.spread), [look.spread]);
  const layout = useLayout(picture.groups, spread);
  const view = useView(layout, look.scale, host);
  const levels = useMemo(() => levelsOf(layout), [layout]);
  const ways: Ways = { ...picture, ...layout, spread };
  const spots = useSpots(context, ways, view);
  const chosen = picture.byStep.get(look.chosen ?? '')?.of ?? look.chosen;
  useFirstSight(context, view.plane);
  return (
    <div class="graph">
      <div class="graph-scroller" ref={view.scroller}>
        <div
          class="graph-ground"
          style={{ width: `${layout.width * view.scale}px`, height: `${layout.height * view.scale}px` }}
        >
          <div
            ref={view.plane}
            class={view.scale < READABLE ? 'graph-plane far' : 'graph-plane'}
            style={{ width: `${layout.width}px`, height: `${layout.height}px`, transform: `scale(${view.scale})` }}
            role="tree"
            aria-label="Graph of the steps. Up and down go along the links, left and right beside them. Enter shows details, Space spreads variants."
            onClick={spots.onClick}
            onDblClick={spots.onDoubleClick}
            onKeyDown={spots.onKeyDown}
            onFocusIn={spots.onFocus}
          >
            <Links layout={layout} critical={onPath.links} chosen={chosen} />
            {picture.groups.map((group) => (
              <Step
                key={group.name}
                group={group}
                layout={layout}
                spread={spread}
                current={spots.current}
                level={levels.get(group.name) ?? 1}
                {...{ context, onPath }}
              />
            ))}
          </div>
        </div>
      </div>
      <Tools view={view} />
    </div>
  );
}

/** How far from the top each stands. */
function levelsOf({ layers }: Layout): ReadonlyMap<string, number> {
  return new Map(layers.flatMap((layer, at) => layer.map((name) => [name, at + 1] as const)));
}

/** Made anew only when there are other steps, or they wait for others: not whenever one of them goes on. */
function useLayout(groups: readonly StepGroup[], spread: ReadonlySet<string>): Layout {
  const boxes = groups.map((group) => boxOf(group, spread));
  const links = groups.flatMap(({ name, needs }) => needs.map((from) => ({ from, to: name })));
  const shape = JSON.stringify([boxes, links]);
  return useMemo(() => layoutOf(boxes, links), [shape]);
}

/** What runs or went wrong is what one came for. */
function useFirstSight({ picture, look }: PipelineContext, plane: { current: HTMLDivElement | null }): void {
  const isSeen = useRef(false);
  useLayoutEffect(() => {
    if (isSeen.current || picture.groups.length === 0) return;
    isSeen.current = true;
    const steps = [...picture.byStep.values()];
    const wanted = (state: string) => steps.find(({ last, lastIn }) => lastIn === picture.run && last?.state === state);
    const first = look.chosen ?? (wanted('failed') ?? wanted('running'))?.of;
    const element =
      first && plane.current?.querySelector(`[data-spot="${CSS.escape(spotId({ group: first, step: null }))}"]`);
    if (element) element.scrollIntoView({ block: 'center', inline: 'center' });
  });
}

interface StepProps extends GraphProps {
  group: StepGroup;
  layout: Layout;
  spread: ReadonlySet<string>;
  /** the spot that Tab leads to */
  current: string;
  level: number;
}

/** A step, and its variants where they are spread. */
function Step({ group, layout, spread, current, level, context, onPath }: StepProps): VNode | null {
  const place = layout.places.get(group.name);
  if (!place) return null;
  const { picture, look, now } = context;
  const isOpen = isSpread(group, spread);
  const common = (spot: Spot, name: string, at: Place) => ({
    spot,
    place: at,
    isChosen: look.chosen === (spot.step ?? spot.group),
    isCurrent: current === spotId(spot),
    name,
  });
  return (
    <>
      <Node
        {...common({ group: group.name, step: null }, group.name, place)}
        kind={isOpen ? 'spread' : hasVariants(group) ? 'stack' : 'step'}
        words={groupWords(group, picture, now)}
        level={level}
        isCritical={group.steps.some(({ name }) => onPath.steps.has(name))}
      />
      {(isOpen ? variantPlaces(group, place) : []).map((at, index) => {
        const step = group.steps[index];
        return step ? (
          <Node
            key={step.name}
            {...common({ group: group.name, step: step.name }, variantLabel(step), at)}
            kind="variant"
            words={stepWords(step, picture, now)}
            level={level + 1}
            isCritical={onPath.steps.has(step.name)}
          />
        ) : null;
      })}
    </>
  );
}
