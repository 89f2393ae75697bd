export { StepCache } from './cache.ts';
export type { KeepSettings, StepCacheDeps, WorkspaceFiles } from './ports.ts';
export type { KnownResult, Recorded, StepState } from './results.ts';
