import type { GraphNode } from './nodes.ts';
import { direct, labelOf } from './nodes.ts';

/** For Markdown that draws Mermaid: README pages, issues, notebooks. Steps with a condition have points at their sides. */
export function mermaidGraph(nodes: readonly GraphNode[]): string {
  const ids = new Map(nodes.map(({ name }, at) => [name, `s${at + 1}`]));
  const needs = direct(nodes);
  const lines = nodes.flatMap((node) => {
    const id = ids.get(node.name);
    const label = `"${escaped(labelOf(node))}"`;
    const before = needs.get(node.name) ?? [];
    return [
      `  ${id}${node.condition === null ? `[${label}]` : `{{${label}}}`}`,
      ...before.map((need) => `  ${ids.get(need)} --> ${id}`),
    ];
  });
  return ['flowchart TD', ...lines].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '"': '#quot;',
  '#': '#35;',
  '<': '#lt;',
  '>': '#gt;',
  '&': '#amp;',
};

const escaped = (text: string): string => text.replaceAll(/["#<>&]/g, (letter) => ENTITIES[letter] ?? letter);
