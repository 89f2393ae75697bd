import { FORMATS } from '../grammar/formats.ts';
import type { JsonObject } from '../json.ts';
import { listOf, mapOf, readMap } from './read.ts';
import type { DvcFiles } from './scope.ts';
import { DEFAULT_PARAMS, fileScope, varsPath } from './scope.ts';
import { stagesOf } from './stages.ts';
import type { ConvertedStep } from './step.ts';
import { convertStage } from './step.ts';
import { writeFile } from './write.ts';

export interface DvcConversion {
  /** a crisol.yaml that does what dvc.yaml does */
  text: string;
  /** what could not be said in it, one sentence each; the text has them as comments */
  notes: string[];
  steps: ConvertedStep[];
}

export interface ConvertOptions {
  /** a key under `stages`: only this one */
  stage?: string;
}

const NOT_CONVERTED: Record<string, string> = {
  plots: 'Name plots in the steps that write them',
  metrics: 'Name metrics in the steps that write them',
  params: 'Name params in the steps that use them',
  artifacts: 'Register models with a step `uses: register`',
  datasets: 'Datasets have no counterpart for these yet',
};

/** Any texts whatever give a text that can be read; what is not understood is told. */
export function convertDvc(text: string, files: DvcFiles = {}, { stage }: ConvertOptions = {}): DvcConversion {
  const read = readMap(text);
  const dvc = 'map' in read ? read.map : {};
  const scope = fileScope(dvc, files);
  const stages = stagesOf(dvc, scope, files).filter(({ template }) => stage === undefined || template === stage);
  const taken = new Set<string>();
  const steps = stages.map((one): ConvertedStep => {
    const { dvcName, wdir: _, ...step } = convertStage(one);
    return { ...step, name: freeName(dvcName, taken) };
  });
  const notes = [...('problem' in read ? [`dvc.yaml cannot be read: ${read.problem}`] : []), ...scope.notes];
  notes.push(...(stage === undefined ? partsLeft(dvc) : []));
  return {
    text: writeFile(scope.paramsFiles, steps, notes),
    notes: [...notes, ...steps.flatMap((step) => step.notes.map((note) => `${step.name}: ${note}`))],
    steps,
  };
}

/** The files whose values count, as far as dvc.yaml says: whoever converts reads them beside it. */
export function filesNamedBy(text: string): string[] {
  const read = readMap(text);
  const dvc = 'map' in read ? read.map : {};
  const stages = Object.values(mapOf(dvc.stages)).map(mapOf);
  const vars = [dvc, ...stages, ...stages.map((stage) => mapOf(stage.do))].flatMap((map) => listOf(map.vars));
  const named = vars.flatMap((entry) => (typeof entry === 'string' ? [varsPath(entry)] : []));
  return [...new Set([DEFAULT_PARAMS, ...named])].filter(FORMATS.path.accepts);
}

function partsLeft(dvc: JsonObject): string[] {
  return Object.entries(NOT_CONVERTED)
    .filter(([key]) => Object.hasOwn(dvc, key))
    .map(([key, advice]) => `\`${key}\` at the top is left out. ${advice}.`);
}

/** `train@us` is `train-us`; what is no name here becomes one, and no two are the same. */
function freeName(name: string, taken: Set<string>): string {
  const plain =
    name
      .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 90) || 'step';
  let free = plain;
  for (let number = 2; taken.has(free); number++) free = `${plain}-${number}`;
  taken.add(free);
  return free;
}
