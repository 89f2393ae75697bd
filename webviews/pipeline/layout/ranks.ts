import type { Box, Link } from './types.ts';

/**
 * In which layer each box stands: below all that it waits for. What waits for nothing stands just above the first that needs it, so
 * that links are short. A link that closes a circle counts for nothing.
 */
export function ranksOf(boxes: readonly Box[], links: readonly Link[]): Map<string, number> {
  const after = Map.groupBy(links, ({ from }) => from);
  const ranks = new Map<string, number>();
  for (const id of inOrder(boxes, links, after)) {
    const own = ranks.get(id) ?? 0;
    ranks.set(id, own);
    for (const { to } of after.get(id) ?? []) if (!isDone(ranks, to, own)) ranks.set(to, own + 1);
  }
  return lowered(boxes, links, after, ranks);
}

/** Whether it stands low enough already. */
function isDone(ranks: ReadonlyMap<string, number>, to: string, above: number): boolean {
  const known = ranks.get(to);
  return known !== undefined && known > above;
}

/** Each after those it waits for; on a circle somebody has to begin. */
function inOrder(boxes: readonly Box[], links: readonly Link[], after: ReadonlyMap<string, Link[]>): string[] {
  const open = new Map(boxes.map(({ id }) => [id, 0]));
  for (const { to } of links) open.set(to, (open.get(to) ?? 0) + 1);
  const order = boxes.flatMap(({ id }) => (open.get(id) === 0 ? [id] : []));
  const known = new Set(order);
  const add = (id: string) => {
    if (!known.has(id)) order.push(id);
    known.add(id);
  };
  let next = 0;
  const follow = () => {
    for (; next < order.length; next++) {
      for (const { to } of after.get(order[next] ?? '') ?? []) {
        const left = (open.get(to) ?? 0) - 1;
        open.set(to, left);
        if (left === 0) add(to);
      }
    }
  };
  follow();
  for (const { id } of boxes) {
    add(id);
    follow();
  }
  return order;
}

function lowered(
  boxes: readonly Box[],
  links: readonly Link[],
  after: ReadonlyMap<string, Link[]>,
  ranks: Map<string, number>,
): Map<string, number> {
  const waiting = new Set(links.map(({ to }) => to));
  for (const { id } of boxes) {
    const next = (after.get(id) ?? []).map(({ to }) => ranks.get(to) ?? 0);
    if (!waiting.has(id) && next.length > 0) ranks.set(id, Math.max(0, Math.min(...next) - 1));
  }
  return ranks;
}
