export { StepCache } from './cache.ts';
export type { KeepSettings } from './ports.ts';
export type { KnownResult, Recorded, StepState } from './results.ts';
