import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { mermaidGraph } from '../../../schemas/language/plan/draw/mermaid.ts';
import type { GraphNode } from '../../../schemas/language/plan/draw/nodes.ts';
import { direct, graphNodes } from '../../../schemas/language/plan/draw/nodes.ts';
import { textGraph } from '../../../schemas/language/plan/draw/text.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';

const PIPELINE = `version: 1
steps:
  fetch: {run: echo, outs: raw}
  split: {run: echo, deps: raw, outs: [train.csv, test.csv]}
  docs: {run: echo, deps: raw}
  train: {run: echo, matrix: {depth: [3, 5, 7]}, deps: train.csv, outs: "models/\${{ matrix.depth }}"}
  evaluate: {run: "test \${{ steps.train.best.outs[0] }}", deps: test.csv, outs: scores.json}
  register: {run: echo, needs: evaluate, if: "\${{ steps.evaluate.metrics.f1 > 0.5 }}"}
  notify: {run: echo, needs: [register, docs], if: always()}
  clean: {run: echo}
`;

function nodesOf(text: string, choice: Parameters<typeof graphNodes>[1] = {}): GraphNode[] {
  const found = graphNodes(planOf(parsePipelineFile(text).model).steps, choice);
  if ('unknown' in found) throw new Error(`no ${found.unknown}`);
  return found.nodes;
}

const rows = (...lines: string[]) => lines.join('\n');

describe('a pipeline in text', () => {
  it('has each step under what it needs, with lines between them', () => {
    expect(textGraph(nodesOf(PIPELINE))).toBe(
      rows(
        '●  fetch',
        '├─╮',
        '● │  split',
        '│ ●  docs',
        '● │  train ×3',
        '● │  evaluate',
        '● │  register  if steps.evaluate.metrics.f1 > 0.5',
        '├─╯',
        '●  notify  if always()',
        '',
        '●  clean',
      ),
    );
  });

  it('has each variant for itself when they are spread', () => {
    expect(textGraph(nodesOf(PIPELINE, { steps: ['evaluate'], spread: true }))).toBe(
      rows(
        '●  fetch',
        '●  split',
        '├─┬─╮',
        '● │ │  train (3)',
        '│ ● │  train (5)',
        '│ │ ●  train (7)',
        '├─┴─╯',
        '●  evaluate',
      ),
    );
  });

  it('has the steps asked for and what they need, a single variant too', () => {
    const names = (steps: string[], spread = true) => nodesOf(PIPELINE, { steps, spread }).map(({ name }) => name);
    expect(names(['train (5)'])).toEqual(['fetch', 'split', 'train (5)']);
    expect(names(['train'], false)).toEqual(['fetch', 'split', 'train']);
    expect(names(['clean', 'docs'])).toEqual(['fetch', 'docs', 'clean']);
    const { steps } = planOf(parsePipelineFile(PIPELINE).model);
    expect(graphNodes(steps, { steps: ['train', 'trian'] })).toEqual({ unknown: 'trian' });
  });

  it('is told in words where no eye could follow the lines', () => {
    const many = Array.from({ length: 30 }, (_, at) => `  s${at}: {run: x, needs: a}`).join('\n');
    const [first, second] = textGraph(nodesOf(`steps:\n  a: {run: x}\n${many}\n`)).split('\n');
    expect([first, second]).toEqual(['a', 's0   after a']);
  });

  it('leads where the needs lead, whatever these are', () => {
    const graph = fc.array(fc.array(fc.nat(12), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(graph, (all) => {
        const steps = all.map(
          (list, at) => `  s${at}: {run: x, needs: [${list.filter((n) => n < at).map((n) => `s${n}`)}]}`,
        );
        const nodes = nodesOf(`steps:\n${steps.join('\n')}\n`);
        const drawn = traced(textGraph(nodes));
        const needed = new Map([...direct(nodes)].map(([name, needs]) => [name, needs.toSorted()]));
        expect(drawn).toEqual(needed);
      }),
      { numRuns: 150 },
    );
  });
});

/** What an eye that follows the lines finds: of each node those that lead to it. */
function traced(drawing: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let lanes: Set<string>[] = [];
  for (const row of drawing.split('\n')) {
    const [lines, name] = cut(row);
    const cells = Array.from({ length: Math.ceil(lines.length / 2) }, (_, at) => lines.charAt(at * 2));
    const from = cells.indexOf('├');
    const above = cells.map((_, at) => lanes[at] ?? new Set<string>());
    lanes = cells.map((cell, at) => {
      if (cell === ' ' || cell === '─' || cell === '┴' || cell === '╯') return new Set();
      if (cell === '┬' || cell === '╮') return new Set(above[from]);
      return above[at] ?? new Set();
    });
    const joined = cells.flatMap((cell, at) => (cell === '┴' || cell === '╯' ? [...(above[at] ?? [])] : []));
    if (from >= 0) lanes[from] = new Set([...(above[from] ?? []), ...joined]);
    const node = cells.indexOf('●');
    if (node >= 0 && name !== undefined) {
      found.set(name, [...(above[node] ?? [])].toSorted());
      lanes[node] = new Set([name]);
    }
  }
  return found;
}

/** The lines, and the name behind them. */
function cut(row: string): [string, string?] {
  const match = /^(.*●.*?) {2}(s\d+)$/.exec(row);
  return match?.[1] === undefined ? [row] : [match[1], match[2]];
}

describe('a pipeline in Mermaid', () => {
  it('has boxes and arrows, points where there is a condition, and no sign that it would read', () => {
    expect(mermaidGraph(nodesOf(PIPELINE, { steps: ['register'] }))).toBe(
      rows(
        'flowchart TD',
        '  s1["fetch"]',
        '  s2["split"]',
        '  s1 --> s2',
        '  s3["train ×3"]',
        '  s2 --> s3',
        '  s4["evaluate"]',
        '  s3 --> s4',
        '  s5{{"register"}}',
        '  s4 --> s5',
      ),
    );
    const odd = nodesOf("steps:\n  a: {run: x, matrix: {k: ['\"<b>#']}}\n", { spread: true });
    expect(mermaidGraph(odd)).toBe(rows('flowchart TD', '  s1["a (#quot;#lt;b#gt;#35;)"]'));
  });
});

it('a node tells what its step reads, writes and needs', () => {
  const [, , train] = nodesOf(PIPELINE, { steps: ['train'] });
  expect(train).toEqual({
    name: 'train',
    of: 'train',
    matrix: null,
    variants: 3,
    needs: ['split'],
    reads: ['train.csv'],
    writes: ['models/3', 'models/5', 'models/7'],
    condition: null,
  });
});
