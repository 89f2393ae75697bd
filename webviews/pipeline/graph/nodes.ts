import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { hasVariants } from '../../../schemas/pipelines/groups.ts';
import { variantLabel } from '../../../schemas/pipelines/standing.ts';
import type { PipelineContext } from '../context.ts';
import type { Layout, Place } from '../layout/index.ts';
import type { OnPath } from '../model/picture.ts';
import { groupWords, stepWords } from '../model/words.ts';
import { isSpread, variantPlaces } from './boxes.ts';
import type { NodeProps } from './node.tsx';
import type { Spot } from './spots.ts';
import { spotId } from './spots.ts';

interface Drawing {
  context: PipelineContext;
  onPath: OnPath;
  layout: Layout;
  spread: ReadonlySet<string>;
  /** of each step what it needs and who needs it, in words */
  links: ReadonlyMap<string, string>;
  /** the spot that Tab leads to */
  current: string;
}

/** Each step with its variants where they are spread, in the order in which they are read: layer by layer. */
export function nodesOf(drawing: Drawing): NodeProps[] {
  const { layout, context } = drawing;
  return layout.layers.flatMap((names, at) =>
    names.flatMap((name, index) => {
      const group = context.picture.byGroup.get(name);
      const place = layout.places.get(name);
      const rank = { level: at + 1, position: index + 1, siblings: names.length };
      return group && place ? [headOf(group, place, rank, drawing), ...variantsOf(group, place, rank, drawing)] : [];
    }),
  );
}

type Rank = Pick<NodeProps, 'level' | 'position' | 'siblings'>;

function headOf(group: StepGroup, place: Place, rank: Rank, drawing: Drawing): NodeProps {
  const { context, onPath, spread, links } = drawing;
  const { picture, now, finding } = context;
  const names = group.steps.map(({ name }) => name);
  return {
    ...commonOf({ group: group.name, step: null }, drawing),
    ...groupWords(group, picture, now),
    ...rank,
    place,
    name: group.name,
    kind: isSpread(group, spread) ? 'spread' : hasVariants(group) ? 'stack' : 'step',
    links: links.get(group.name) ?? '',
    isCritical: names.some((name) => onPath.steps.has(name)),
    isMissed: finding.hits !== null && !names.some((name) => finding.hits?.has(name)),
  };
}

function variantsOf(group: StepGroup, within: Place, { level }: Rank, drawing: Drawing): NodeProps[] {
  if (!isSpread(group, drawing.spread)) return [];
  const { context, onPath } = drawing;
  const { picture, now, finding } = context;
  const places = variantPlaces(group, within);
  return group.steps.flatMap((step, at) => {
    const place = places[at];
    return place
      ? {
          ...commonOf({ group: group.name, step: step.name }, drawing),
          ...stepWords(step, picture, now),
          level: level + 1,
          position: at + 1,
          siblings: group.steps.length,
          place,
          name: variantLabel(step),
          kind: 'variant',
          links: `Variant of ${group.name}.`,
          isCritical: onPath.steps.has(step.name),
          isMissed: finding.hits !== null && !finding.hits.has(step.name),
        }
      : [];
  });
}

function commonOf(spot: Spot, { context: { look }, current }: Drawing) {
  const id = spotId(spot);
  return { id, ...spot, isChosen: look.chosen === (spot.step ?? spot.group), isCurrent: current === id };
}
