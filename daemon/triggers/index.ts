export type { Contents, DriftNews, TriggerDeps, TriggeredRuns, TriggeredStart } from './ports.ts';
export { Triggers } from './triggers.ts';
