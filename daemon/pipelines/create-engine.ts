import { join } from 'node:path';
import type { JsonObject } from '../../schemas/language/json.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { Emitter } from '../base/emitter.ts';
import { newId } from '../base/ids.ts';
import { contentAt } from '../files/index.ts';
import { patiently } from '../store/index.ts';
import { StepCache } from './cache/index.ts';
import { Engine } from './engine/engine.ts';
import { Leases } from './engine/leases.ts';
import type { EngineParts } from './engine/parts.ts';
import { Pool } from './engine/pool.ts';
import { foldDoor } from './folds.ts';
import { ASIDE } from './leftovers/aside.ts';
import { Settler } from './planning/settler.ts';
import type { PipelineDeps } from './ports.ts';
import { Announcer } from './runs/announcer.ts';
import type { PipelineRepository, RunPlan } from './runs/repository.ts';
import { stepTask } from './step-task.ts';
import { logWritten } from './written/index.ts';

interface Around {
  repository: PipelineRepository;
  changes: Emitter<PipelineRun>;
  settled: () => void;
}

/** The engine with all that it works with. */
export function createEngine(deps: PipelineDeps, { repository, changes, settled }: Around) {
  const { clock, logger, executor, python } = deps;
  const announcer = new Announcer(clock, changes);
  const cache = new StepCache({
    ...deps,
    metricsOf: deps.runs.metricsOf,
    interpreter: () => python.version(),
  });
  const settler = new Settler({
    surroundings: () => deps.project.surroundings(),
    hashFiles: async (patterns) => (await contentAt(patterns, { ...deps, contents: deps.files })) ?? '',
  });
  const patient: Patient = (write) => patiently(clock, write);
  const parts: EngineParts = {
    executor,
    cache,
    runCache: cache,
    clock,
    logger,
    leases: new Leases(),
    pool: new Pool(executor.capacity),
    tracking: trackingOf(deps, patient),
    logWritten: (step, runId, isNew, root = deps.workspace) =>
      logWritten(root, step, {
        points: (points) => patient(() => deps.runs.log(runId, points)),
        ...(isNew && { picture: (path, file) => patient(() => deps.runs.keepFile(runId, `plots/${path}`, file)) }),
      }),
    settler,
    folds: foldDoor(deps),
    paramsNow: (plan) => paramsNow(deps, plan),
    // a name of its own each time: what was set aside before stays
    asideOf: ({ run_id }, { name }) => join(ASIDE, run_id, encodeURIComponent(name).slice(0, 100), newId()),
    taskFor(run, step, attempt) {
      // a matter of this machine, which no task tells
      python.debugpy = run.debug?.libraries ?? python.debugpy;
      return stepTask(deps, run, step, attempt);
    },
    tell: (run) => announcer.tell(run),
    async keep(run, step) {
      await patient(() => (step ? repository.saveStep(run, step) : repository.saveRun(run)));
      announcer.tell(run);
    },
    ending: ({ run_id }, state) => patient(() => deps.runs.finishWhole(run_id, state)),
  };
  return { cache, settler, parts, engine: new Engine(parts, settled) };
}

type Patient = <T>(write: () => Promise<T>) => Promise<T>;

function trackingOf({ runs, files, canLog }: PipelineDeps, patient: Patient): EngineParts['tracking'] {
  return {
    ...runs,
    async startStep(run, step) {
      await canLog();
      // from now on it may change files
      files.trustAhead(false);
      return patient(() => runs.startStep(run, step));
    },
    finish: (childId, state) => patient(() => runs.finish(childId, state)),
    repeat: (run, step, logged) => patient(() => runs.repeat(run, step, logged)),
    settle: (run, metrics) => patient(() => runs.settle(run, metrics)),
  };
}

/** What cannot be read now is as it was. */
function paramsNow({ project }: PipelineDeps, { given, params }: RunPlan): JsonObject {
  try {
    return project.params(given);
  } catch {
    return params;
  }
}
