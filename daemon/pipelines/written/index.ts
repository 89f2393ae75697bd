export type { MetricPoint } from './log.ts';
export { logWritten } from './log.ts';
