import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import type { PipelineContext } from '../context.ts';
import { Find } from '../find.tsx';
import type { Layout } from '../layout/index.ts';
import { layoutOf } from '../layout/index.ts';
import type { OnPath } from '../model/picture.ts';
import { linkWords } from '../model/spoken.ts';
import { boxOf } from './boxes.ts';
import { Links } from './links.tsx';
import type { NodeProps } from './node.tsx';
import { Node } from './node.tsx';
import { nodesOf } from './nodes.ts';
import { READABLE } from './scale.ts';
import type { Ways } from './spots.ts';
import { Tools } from './tools.tsx';
import { useSight } from './use-sight.ts';
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
  const ways: Ways = { ...picture, ...layout, spread };
  const spots = useSpots(context, ways, view);
  const chosen = picture.byStep.get(look.chosen ?? '')?.of ?? look.chosen;
  useSight(context, view.plane);
  // links are the same as long as the layout is
  const links = useMemo(
    () => new Map(picture.groups.map((group) => [group.name, linkWords(group, picture)])),
    [layout],
  );
  const nodes = nodesOf({ context, onPath, layout, spread, links, current: spots.current });
  return (
    <div class="graph">
      <div class="stage-bar">
        <Find context={context} onGo={spots.goToHit} />
        <Tools view={view} />
      </div>
      <div class="graph-scroller" ref={view.scroller}>
        <div
          class="graph-ground"
          style={{ width: `${layout.width * view.scale}px`, height: `${layout.height * view.scale}px` }}
        >
          <div
            ref={view.plane}
            class={planeClass(view.scale, nodes)}
            style={{ width: `${layout.width}px`, height: `${layout.height}px`, transform: `scale(${view.scale})` }}
            role="tree"
            aria-label="Graph of the steps"
            aria-description={KEYS}
            onClick={spots.onClick}
            onDblClick={spots.onDoubleClick}
            onKeyDown={spots.onKeyDown}
            onFocusIn={spots.onFocus}
          >
            <Links layout={layout} critical={onPath.links} chosen={chosen} />
            {nodes.map((node) => (
              <Node key={node.id} {...node} />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** So many running steps breathe. */
const MOST_BREATHING = 24;

function planeClass(scale: number, nodes: readonly NodeProps[]): string {
  const running = nodes.filter(({ tone }) => tone === 'busy').length;
  return `graph-plane${scale < READABLE ? ' far' : ''}${running > MOST_BREATHING ? ' many' : ''}`;
}

const KEYS =
  'Up and down go along the links, left and right beside them. Letters go to a step, / finds some. Enter shows details, Space spreads variants.';

/** Made anew only when there are other steps, or they wait for others: not whenever one of them goes on. */
function useLayout(groups: readonly StepGroup[], spread: ReadonlySet<string>): Layout {
  const boxes = groups.map((group) => boxOf(group, spread));
  const links = groups.flatMap(({ name, needs }) => needs.map((from) => ({ from, to: name })));
  const shape = JSON.stringify([boxes, links]);
  return useMemo(() => layoutOf(boxes, links), [shape]);
}
