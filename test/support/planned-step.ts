import type { PlannedStep } from '../../schemas/language/model.ts';

/** A step as the planner makes it of `run: true`, with what a test is about. */
export const plannedStep = (said: Partial<PlannedStep> & { name: string }): PlannedStep => ({
  of: said.name,
  matrix: null,
  work: { kind: 'run', command: 'true' },
  reads: [],
  writes: [],
  metrics: [],
  plots: [],
  needs: [],
  params: [],
  env: {},
  condition: null,
  retry: { limit: 0, backoffMs: 0, on: ['failure', 'timeout'] },
  timeoutMs: null,
  resources: { cpus: 1, memoryBytes: null, gpus: 0 },
  executor: 'local',
  folds: null,
  group: null,
  late: false,
  ...said,
});
