import type { Command } from 'commander';
import { Option } from 'commander';
import type { GraphNode } from '../../../schemas/language/plan/draw/nodes.ts';
import { systemClock } from '../../base/clock.ts';
import { CrisolError } from '../../base/errors.ts';
import type { CommonOptions } from '../command.ts';
import { command } from '../command.ts';
import { printable } from '../text.ts';
import { addParam } from '../usage.ts';
import { findProject } from '../workspace.ts';

const FORMATS = ['text', 'mermaid', 'json'] as const;

interface GraphOptions extends CommonOptions {
  format: (typeof FORMATS)[number];
  spread?: boolean;
  param?: Record<string, string>;
}

/** The pipeline as a drawing; needs no daemon. */
export function graphCommand(): Command {
  return command('graph', 'draw the pipeline of crisol.yaml, or some steps with what they need')
    .argument('[steps...]', 'names of steps or of their variants (default: all)')
    .addOption(new Option('--format <format>').choices(FORMATS).default('text'))
    .option('--spread', 'each variant of a matrix for itself')
    .option('--param <name=value>', 'another value for a param; may be given again', addParam)
    .action(graph);
}

async function graph(steps: string[], options: GraphOptions): Promise<void> {
  // the language is loaded when it is needed
  const { nameSecrets, Project } = await import('../../project/index.ts');
  const { graphNodes } = await import('../../../schemas/language/plan/draw/nodes.ts');
  const project = new Project(findProject(options.workspace), systemClock);
  try {
    const plan = project.plan(options.param);
    const found = graphNodes(plan.steps, { steps, spread: options.spread });
    if ('unknown' in found) throw unknownStep(found.unknown, [...new Set(plan.steps.map(({ of }) => of))]);
    const name = project.model?.name ?? null;
    process.stdout.write(`${await drawn({ name, nodes: found.nodes }, options, nameSecrets)}\n`);
  } finally {
    project.dispose();
  }
}

async function drawn(
  { name, nodes }: { name: string | null; nodes: GraphNode[] },
  { json, format }: GraphOptions,
  nameSecrets: (text: string) => string,
): Promise<string> {
  if (json || format === 'json') {
    const steps = nodes.map((node) => ({
      ...node,
      reads: node.reads.map(nameSecrets),
      writes: node.writes.map(nameSecrets),
    }));
    return JSON.stringify({ name, steps }, null, 2);
  }
  const { mermaidGraph } = await import('../../../schemas/language/plan/draw/mermaid.ts');
  const { textGraph } = await import('../../../schemas/language/plan/draw/text.ts');
  return printable(format === 'mermaid' ? mermaidGraph(nodes) : textGraph(nodes));
}

function unknownStep(name: string, known: readonly string[]): CrisolError {
  return new CrisolError('PIPELINE_STEP_UNKNOWN', `There is no step "${name}"; there are: ${known.join(', ')}.`);
}
