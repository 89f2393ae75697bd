import type { ScalarNode, TreeNode } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { nextTimes } from '../../schemas/language/values/next-times.ts';
import { timeInWords } from '../../schemas/language/values/times-in-words.ts';

/** A cron expression, with the zone whose clock counts. */
export interface Schedule {
  node: ScalarNode;
  cron: string;
  zone: string;
}

export function schedulesOf(root: TreeNode | null): Schedule[] {
  const list = findEntry(findEntry(root, 'on')?.value, 'schedule')?.value;
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => {
    const node = findEntry(item, 'cron')?.value;
    const zone = findEntry(item, 'timezone')?.value;
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return [];
    const said = zone?.kind === 'scalar' && typeof zone.value === 'string' ? zone.value : null;
    // of a zone that is not known yet nothing is said
    if (zone && said === null) return [];
    return [{ node, cron: node.value, zone: said ?? 'UTC' }];
  });
}

/** The next times in words; none where the expression or the zone is wrong. */
export function nextOf({ cron, zone }: Schedule, from: number, count: number): string[] {
  return nextTimes(cron, zone, from, count).map((at) => timeInWords(at, zone));
}
