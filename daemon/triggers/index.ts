export type { DriftNews, TriggerDeps, TriggeredRuns, TriggeredStart } from './ports.ts';
export { Triggers } from './triggers.ts';
