import { expect, test } from 'vitest';
import { programPath } from '../../daemon/base/programs.ts';
import { ERRORS } from '../../schemas/errors.ts';
import { exec } from '../../tools/lib/exec.ts';
import { read } from './sources.ts';

const entries = read('docs/errors.md').split(/^### /m).slice(1);
const codes = entries.map((entry) => /^`(\w+)`/.exec(entry)?.[1]);

test('docs/errors.md has an entry for each error, and none for what does not exist', () => {
  expect([...codes].sort()).toEqual(Object.keys(ERRORS).sort());
});

test('it names only commands that there are', async () => {
  const { output } = await exec(process.execPath, [programPath('crisol'), '--help']);
  const commands = [...output.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  const named = [...read('docs/errors.md').matchAll(/`crisol ([a-z]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
});

test.for(Object.entries(ERRORS))(
  'the entry of %s tells its status, when it happens and what to do',
  ([code, { status }]) => {
    const entry = entries[codes.indexOf(code)] ?? '';
    expect(entry).toContain(`HTTP ${status}`);
    expect(entry).toMatch(/\n\n\S.{20,}[\s\S]*\n\n\*\*What to do:\*\* \S.{10,}/);
  },
);
