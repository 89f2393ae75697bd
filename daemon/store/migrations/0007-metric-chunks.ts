import type { Migration } from '../migrate.ts';

export const metricChunks: Migration = {
  id: 7,
  name: 'metric-chunks',
  sql: '',
};
