import type { Migration } from '../migrate.ts';

export const registryDepth: Migration = {
  id: 11,
  name: 'registry-depth',
  sql: '',
};
