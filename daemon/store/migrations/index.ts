import type { Migration } from '../migrate.ts';
import { tracking } from './0001-tracking.ts';
import { registry } from './0002-registry.ts';
import { serving } from './0003-serving.ts';
import { pipelines } from './0004-pipelines.ts';
import { seals } from './0005-seals.ts';
import { series } from './0006-series.ts';
import { metricChunks } from './0007-metric-chunks.ts';
import { search } from './0008-search.ts';
import { artifacts } from './0009-artifacts.ts';
import { loggedModels } from './0010-logged-models.ts';
import { registryDepth } from './0011-registry-depth.ts';
import { runSources } from './0012-run-sources.ts';
import { imports } from './0013-imports.ts';
import { movedRuns } from './0014-moved-runs.ts';
import { versionsInStages } from './0015-versions-in-stages.ts';
import { stepResults } from './0016-step-results.ts';
import { triggers } from './0017-triggers.ts';
import { sweeps } from './0018-sweeps.ts';
import { pipelineSteps } from './0019-pipeline-steps.ts';
import { trials } from './0020-trials.ts';
import { nestedRuns } from './0021-nested-runs.ts';

/** The history of store.db, in order. */
export const migrations: readonly Migration[] = [
  tracking,
  registry,
  serving,
  pipelines,
  seals,
  series,
  metricChunks,
  search,
  artifacts,
  loggedModels,
  registryDepth,
  runSources,
  imports,
  movedRuns,
  versionsInStages,
  stepResults,
  triggers,
  sweeps,
  pipelineSteps,
  trials,
  nestedRuns,
];
