import { stateOfStatus } from '../../../schemas/run-status.ts';
import type { WorkState } from '../../../schemas/wire/common.ts';
import type { ImportLoggedModel, VersionFiles } from '../../../schemas/wire/import.ts';
import type { Stage } from '../../../schemas/wire/registry.ts';

/** What MLflow calls things, and numbers them, in its stores. */

/** The folder layout has numbers, databases have names. What nobody knows had ended somehow. */
export function stateOf(status: string): WorkState {
  return stateOfStatus(status.toUpperCase()) ?? 'failed';
}

const STAGES: readonly Stage[] = ['staging', 'production', 'archived'];

export function stageOf(stage: string): Stage {
  return STAGES.find((known) => known === stage.toLowerCase()) ?? 'development';
}

/** A version that was deleted leaves its number behind. */
export function isDeletedStage(stage: string): boolean {
  return stage === 'Deleted_Internal';
}

const MODEL_STATES: Record<string, ImportLoggedModel['status']> = { 1: 'pending', 2: 'ready', 3: 'failed' };

export function modelStateOf(status: string): ImportLoggedModel['status'] {
  return MODEL_STATES[status] ?? 'unknown';
}

export const CONTEXT_TAG = 'mlflow.data.context';
const RUN_NAME_TAG = 'mlflow.runName';
const NAMELESS = 'unnamed';

interface Pair {
  key: string;
  value: string;
}

/** A run's name is kept once; old stores have it among the tags only. */
export function splitName(name: string, tags: readonly Pair[]): { name: string; tags: Pair[] } {
  const tagged = tags.find(({ key }) => key === RUN_NAME_TAG)?.value;
  return { name: name || tagged || NAMELESS, tags: tags.filter(({ key }) => key !== RUN_NAME_TAG) };
}

/** SQLite has no infinities in MLflow's stores: the greatest number stands for them. */
export function numberOf(value: number): number {
  if (value === Number.MAX_VALUE) return Number.POSITIVE_INFINITY;
  return value === -Number.MAX_VALUE ? Number.NEGATIVE_INFINITY : value;
}

interface VersionSource {
  source: string;
  /** where the source led when the version was made */
  location: string;
  run_id: string | null;
}

/** A path of a server that is no more is worth nothing; a run or a logged model is found again. */
export function filesOf({ source, location, run_id }: VersionSource): VersionFiles {
  for (const uri of [source, location]) {
    const model = /(?:^models:\/|\/models\/)(m-[\w-]+)(?:\/artifacts)?(?:\/(.*))?$/.exec(uri);
    if (model?.[1]) return { of: 'logged-model', model_id: model[1], path: tidy(model[2]) };
    const named = /^runs:\/+([\w-]+)(?:\/(.*))?$/.exec(uri);
    const run = named ?? /\/([\w-]+)\/artifacts(?:\/(.*))?$/.exec(uri);
    if (run?.[1] && (named || run[1] === run_id)) return { of: 'run', run_id: run[1], path: tidy(run[2]) };
  }
  return { of: 'uri', uri: source || location };
}

function tidy(path = ''): string {
  return path.replace(/\/+$/, '');
}
