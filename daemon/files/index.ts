export type { Collected, Files, LookOptions, StoreUsage } from './ports.ts';
