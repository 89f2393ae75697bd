export { StepCache } from './cache.ts';
export type { StepCacheDeps, WorkspaceFiles } from './ports.ts';
export type { KnownResult, Recorded, StepState } from './results.ts';
