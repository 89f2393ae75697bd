import type { Migration } from '../migrate.ts';

export const loggedModels: Migration = {
  id: 10,
  name: 'logged-models',
  sql: '',
};
