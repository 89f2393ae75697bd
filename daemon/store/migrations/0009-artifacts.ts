import type { Migration } from '../migrate.ts';

export const artifacts: Migration = {
  id: 9,
  name: 'artifacts',
  sql: '',
};
