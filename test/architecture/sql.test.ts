import { expect, test } from 'vitest';
import { projectFiles } from './sources.ts';
import { texts } from './syntax.ts';

const STATEMENT =
  /^\s*(SELECT|INSERT INTO|INSERT OR|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX)|PRAGMA|WITH \w+ AS)\b/;

// DuckDB reads files with SQL of its own; that is no access to the store
const MAY_SPEAK_SQL = /\/repository\.ts$|^daemon\/(store|data)\//;

test("a room's only SQL is in its repository.ts", () => {
  const rooms = projectFiles().filter((file) => /^daemon\/.*\.ts$/.test(file) && !MAY_SPEAK_SQL.test(file));
  expect(rooms.filter((file) => texts(file).some((text) => STATEMENT.test(text)))).toEqual([]);
});
