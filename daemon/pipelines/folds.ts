import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Value } from 'typebox/value';
import { Folds } from '../../schemas/language/grammar/folds.ts';
import type { PlannedStep } from '../../schemas/language/model.ts';
import type { FoldRun } from '../../schemas/wire/pipelines.ts';
import { CrisolError, errorOfBody } from '../base/errors.ts';
import { pathWithin } from '../base/path-within.ts';
import { programPath } from '../base/programs.ts';
import { patiently } from '../store/index.ts';
import type { StepTask } from './executors/port.ts';
import type { PipelineDeps } from './ports.ts';
import type { MetricPoint } from './written/index.ts';

/** What the step is told of its fold. */
export type FoldFacts = Pick<StepTask, 'variables' | 'files'>;

/** What a step that is cross-validated needs around each fold. */
export interface FoldDoor {
  /** Writes which rows each fold has; answers how many folds there are. `root`: where the step works, if not in the workspace. */
  divide(step: PlannedStep, parent: string, root?: string): Promise<number>;
  startRun(fold: { pipeline: string; parent: string; step: PlannedStep; number: number }): Promise<string>;
  /** those that there were below the run of a step whose result is known */
  of(parent: string): Promise<FoldRun[]>;
  facts(parent: string, number: number, of: number): FoldFacts;
  /** after the last of them: the files with the numbers of rows go */
  clear(parent: string): Promise<void>;
  /** to the run of the step */
  log(parent: string, points: readonly Omit<MetricPoint, 'timestamp'>[]): Promise<unknown>;
}

export function foldDoor({ workspace, state, clock, runs }: PipelineDeps): FoldDoor {
  const folderOf = (parent: string) => join(state.file('runs'), `${parent}-folds`);
  const rowsOf = (parent: string, name: string) => pathWithin(workspace, join(folderOf(parent), name));
  return {
    async divide({ folds }, parent, root = workspace) {
      if (!Value.Check(Folds, folds)) throw wrong;
      return divided({ settings: folds, data: join(root, folds.data), into: folderOf(parent) });
    },
    startRun: (fold) => patiently(clock, () => runs.startFold(fold)),
    of: (parent) => runs.foldsOf(parent),
    facts: (parent, number, of) => ({
      variables: { CRISOL_FOLD: String(number), CRISOL_FOLDS: String(of) },
      files: {
        CRISOL_FOLD_TRAIN: rowsOf(parent, `${number}-train.txt`),
        CRISOL_FOLD_TEST: rowsOf(parent, `${number}-test.txt`),
      },
    }),
    clear: (parent) => rm(folderOf(parent), { recursive: true, force: true }),
    log: (parent, points) => {
      const timestamp = clock.now();
      return patiently(clock, () =>
        runs.log(
          parent,
          points.map((point) => ({ ...point, timestamp })),
        ),
      );
    },
  };
}

const wrong = new CrisolError(
  'FOLDS_IMPOSSIBLE',
  'A value of `folds` is not what it may be: an expression in it came to something else than it needs.',
);

/** By a program of its own: the daemon never loads what reads data. */
async function divided(task: object): Promise<number> {
  const child = spawn(process.execPath, [programPath('fold-rows')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(task));
  const [printed] = await Promise.all([text(child.stdout), ended]);
  const answer: { folds?: number } = JSON.parse(printed === '' ? '{}' : printed);
  if (answer.folds !== undefined) return answer.folds;
  if (printed === '')
    throw new CrisolError('INTERNAL_ERROR', 'The rows could not be divided: the program for it ended.');
  throw errorOfBody(answer);
}
