import { naturally } from '../../../schemas/natural-order.ts';
import type { Aspect } from '../../../schemas/panels/compare.ts';
import type { RunDataset, RunInputs } from '../../../schemas/wire/run-inputs.ts';
import type { GitState, Machine, RunSource, SourceProgram } from '../../../schemas/wire/run-source.ts';
import type { RunDetail } from '../../../schemas/wire/tracking.ts';

export interface TracedRun {
  run: RunDetail;
  source: RunSource;
  inputs: RunInputs;
}

/** One side of a diff: equal things give equal lines in an equal order, so that what is marked is what differs. */
export function aspectText(aspect: Aspect, traced: TracedRun): string {
  return `${TEXTS[aspect](traced).join('\n')}\n`;
}

const TEXTS: Record<Aspect, (traced: TracedRun) => string[]> = {
  code: ({ source }) => [...entryLines(source), ...gitLines(source.git)],
  data: ({ inputs }) => [
    ...sorted(inputs.datasets.map((dataset) => datasetLines(dataset).join('\n'))),
    ...sorted(inputs.model_ids.map((id) => `model: ${id}`)),
  ],
  params: ({ run }) => sorted(run.params.map(({ key, value }) => `${key}: ${value}`)),
  environment: ({ source }) => [
    ...programLines(source.programs),
    ...machineLines(source.machine),
    ...packageLines(source.programs),
  ],
  metrics: ({ run }) => sorted(run.metrics.map(({ key, value, step }) => `${key}: ${value} (step ${step})`)),
};

function entryLines({ entry, programs }: RunSource): string[] {
  return [
    ...(entry === null ? [] : [`entry: ${entry}`]),
    ...programs.map(({ command }) => `command: ${command.join(' ')}`),
  ];
}

function gitLines(git: GitState | null): string[] {
  if (!git) return ['no git repository'];
  const { commit, branch, dirty, diff, diff_complete, untracked } = git;
  const state = dirty === null ? 'unknown' : dirty ? 'changed since that commit' : 'as committed';
  return [
    `commit: ${commit ?? 'none'}`,
    `branch: ${branch ?? 'none'}`,
    `working tree: ${state}`,
    ...sorted(untracked).map((path) => `untracked: ${path}`),
    ...(diff_complete ? [] : ['(not all changes were kept)']),
    ...(diff === '' ? [] : ['', diff.trimEnd()]),
  ];
}

function datasetLines({ name, digest, source_type, source, context, schema, profile }: RunDataset): string[] {
  return [
    `dataset: ${name}`,
    ...(context === null ? [] : [`  for: ${context}`]),
    `  digest: ${digest}`,
    `  source: ${source_type} ${readable(source)}`,
    ...(schema ? [`  schema: ${readable(schema)}`] : []),
    ...(profile ? [`  profile: ${readable(profile)}`] : []),
  ];
}

/** JSON line by line; what is none as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\n  ');
  } catch {
    return text;
  }
}

function programLines(programs: readonly SourceProgram[]): string[] {
  return programs.flatMap(({ language, interpreter, cwd }) => [
    `language: ${language ?? 'unknown'}`,
    `interpreter: ${interpreter}`,
    `folder: ${cwd}`,
  ]);
}

function machineLines(machine: Machine | null): string[] {
  if (!machine) return [];
  const { host, os, arch, cpu, cpus, memory_bytes } = machine;
  return [
    `host: ${host}`,
    `system: ${os} ${arch}`,
    `processor: ${cpus} × ${cpu}`,
    `memory: ${Math.round(memory_bytes / 2 ** 30)} GiB`,
  ];
}

function packageLines(programs: readonly SourceProgram[]): string[] {
  const packages = programs.flatMap((program) => program.packages ?? []);
  return sorted([...new Set(packages.map(({ name, version }) => `${name}==${version}`))]);
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort(naturally);
}
