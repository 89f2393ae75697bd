import { Lanes } from './lanes.ts';
import type { GraphNode } from './nodes.ts';
import { direct, labelOf } from './nodes.ts';

/** More lines beside each other nobody can follow: then what is needed is told in words. */
const MOST_LANES = 20;

/** Each step under what it needs, with lines between them, as `git log --graph` draws commits. */
export function textGraph(nodes: readonly GraphNode[]): string {
  const needs = direct(nodes);
  const dependents = new Map<string, string[]>(nodes.map(({ name }) => [name, []]));
  for (const [name, before] of needs) for (const need of before) dependents.get(need)?.push(name);
  const lanes = new Lanes();
  const rows: string[] = [];
  for (const node of nodes) {
    rows.push(...lanes.join(node.name), ...lanes.place(node.name, labelOf(node) + ending(node)));
    rows.push(...lanes.split(node.name, dependents.get(node.name) ?? []));
    if (lanes.count > MOST_LANES) return inWords(nodes, needs);
  }
  return rows.join('\n');
}

const ending = ({ condition }: GraphNode): string =>
  condition === null ? '' : `  if ${condition.replaceAll(/^\s*\$\{\{\s*|\s*\}\}\s*$/g, '').replaceAll(/\s+/g, ' ')}`;

function inWords(nodes: readonly GraphNode[], needs: ReadonlyMap<string, string[]>): string {
  const widest = Math.max(...nodes.map((node) => labelOf(node).length));
  const rows = nodes.map((node) => {
    const before = needs.get(node.name) ?? [];
    const after = before.length === 0 ? '' : `  after ${before.join(', ')}`;
    return `${labelOf(node).padEnd(widest)}${after}${ending(node)}`.trimEnd();
  });
  return rows.join('\n');
}
