import { expect, test } from 'vitest';
import { ERRORS } from '../../schemas/errors.ts';
import { read } from './sources.ts';

const entries = read('docs/errors.md').split(/^### /m).slice(1);
const codes = entries.map((entry) => /^`(\w+)`/.exec(entry)?.[1]);

test('docs/errors.md has an entry for each error, and none for what does not exist', () => {
  expect([...codes].sort()).toEqual(Object.keys(ERRORS).sort());
});

test.for(Object.entries(ERRORS))(
  'the entry of %s tells its status, when it happens and what to do',
  ([code, { status }]) => {
    const entry = entries[codes.indexOf(code)] ?? '';
    expect(entry).toContain(`HTTP ${status}`);
    expect(entry).toMatch(/\n\n\S.{20,}[\s\S]*\n\n\*\*What to do:\*\* \S.{10,}/);
  },
);
