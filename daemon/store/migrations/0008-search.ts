import type { Migration } from '../migrate.ts';

export const search: Migration = {
  id: 8,
  name: 'search',
  sql: '',
};
