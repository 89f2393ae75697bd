import type { JsonObject } from '../../json.ts';
import type { PlannedStep } from '../../model.ts';

/** A step in a drawing of the pipeline, or one of its variants where these are spread. */
export interface GraphNode {
  name: string;
  of: string;
  matrix: JsonObject | null;
  /** how many it stands for */
  variants: number;
  needs: string[];
  reads: string[];
  writes: string[];
  condition: string | null;
}

interface Choice {
  /** names of steps or of variants, with all that they need; without any, everything */
  steps?: readonly string[];
  /** each variant for itself */
  spread?: boolean;
}

/** In the order in which they could run; `unknown`: the first of the names that nothing has. */
export function graphNodes(
  plan: readonly PlannedStep[],
  { steps = [], spread = false }: Choice = {},
): { nodes: GraphNode[] } | { unknown: string } {
  const unknown = steps.find((wanted) => !plan.some(({ name, of }) => wanted === name || wanted === of));
  if (unknown !== undefined) return { unknown };
  const chosen = withNeeded(plan, steps);
  return { nodes: spread ? chosen.map(nodeOf) : collapsed(chosen) };
}

function withNeeded(plan: readonly PlannedStep[], wanted: readonly string[]): PlannedStep[] {
  if (wanted.length === 0) return [...plan];
  const chosen = new Set<string>();
  // each stands after what it needs
  for (const { name, of, needs } of plan.toReversed()) {
    if (!(chosen.has(name) || wanted.includes(name) || wanted.includes(of))) continue;
    chosen.add(name);
    for (const need of needs) chosen.add(need);
  }
  return plan.filter(({ name }) => chosen.has(name));
}

const nodeOf = ({ name, of, matrix, needs, reads, writes, condition }: PlannedStep): GraphNode => {
  return { name, of, matrix, variants: 1, needs, reads, writes, condition };
};

/** Between two steps there is one line, however many variants they have. */
function collapsed(steps: readonly PlannedStep[]): GraphNode[] {
  const stepOf = new Map(steps.map(({ name, of }) => [name, of]));
  const groups = Map.groupBy(steps, ({ of }) => of);
  const nodes = Array.from(groups, ([of, [first, ...others]]): GraphNode => {
    const all = first ? [first, ...others] : [];
    const united = (list: (step: PlannedStep) => readonly string[]) => [...new Set(all.flatMap(list))];
    return {
      name: of,
      of,
      matrix: null,
      variants: all.length,
      needs: united(({ needs }) => needs.map((need) => stepOf.get(need) ?? need)),
      reads: united(({ reads }) => reads),
      writes: united(({ writes }) => writes),
      condition: first?.condition ?? null,
    };
  });
  return sorted(nodes);
}

/** Variants of two steps may take turns in a plan. */
function sorted(nodes: readonly GraphNode[]): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const placed = new Set<GraphNode>();
  const waiting = nodes.toReversed();
  for (let node = waiting.at(-1); node; node = waiting.at(-1)) {
    const open = placed.has(node) ? [] : node.needs.flatMap((need) => byName.get(need) ?? []);
    const before = open.filter((one) => !placed.has(one));
    if (before.length > 0) waiting.push(...before.toReversed());
    else {
      placed.add(node);
      waiting.pop();
    }
  }
  return [...placed];
}

/** What a node needs and nothing else that it needs does: the other lines follow from these. */
export function direct(nodes: readonly Pick<GraphNode, 'name' | 'needs'>[]): ReadonlyMap<string, string[]> {
  const above = new Map<string, ReadonlySet<string>>();
  return new Map(
    nodes.map(({ name, needs }) => {
      const known = needs.filter((need) => above.has(need));
      const further = new Set(known.flatMap((need) => [...(above.get(need) ?? [])]));
      above.set(name, new Set([...known, ...further]));
      return [name, known.filter((need) => !further.has(need))];
    }),
  );
}

/** `train ×4` */
export const labelOf = ({ name, variants }: GraphNode): string => (variants > 1 ? `${name} ×${variants}` : name);
