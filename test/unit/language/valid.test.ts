import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatherParams } from '../../../schemas/language/params.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import { pipelineFileRole } from '../../../schemas/language/protocol.ts';
import { bigFile } from './big-file.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'golden', 'valid');
const names = readdirSync(FOLDER);
const ENVIRONMENT = { HOME: '/home/x', PATH: '/bin', CI_TOKEN: 't', DB_PASSWORD: 'p' };
const NOT_RUN_YET = 'CRISOL116';

/** All that is told but what this version does not run. */
function alarms(text: string, name: string): string[] {
  const { diagnostics } = read(text, name);
  const told = diagnostics.filter(({ code }) => code !== NOT_RUN_YET);
  return told.map(({ code, range, message }) => `${range.start.line + 1}: ${code} ${message}`);
}

const read = (text: string, name: string) =>
  parsePipelineFile(text, { role: pipelineFileRole(name.includes('.crisol.') ? name : 'crisol.yaml') ?? 'main' });

const withLineEnds = (text: string, end: string) => text.replaceAll(/\r\n?|\n/g, end);

describe('not one false alarm in', () => {
  it('a hundred files and more', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  it.each(names)('%s', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    expect(alarms(text, name)).toEqual([]);
    expect(alarms(withLineEnds(text, '\r\n'), name)).toEqual([]);
    if (!text.startsWith('\uFEFF')) expect(alarms(`\uFEFF${text}`, name)).toEqual([]);
    expect(alarms(`${text.trimEnd()}\n\n\n# the end\n`, name)).toEqual([]);
  });

  it.each([1, 10, 100, 600])('a file of all styles with %i steps', (steps) => {
    expect(alarms(bigFile(steps), 'crisol.yaml')).toEqual([]);
    expect(alarms(withLineEnds(bigFile(steps), '\r\n'), 'crisol.yaml')).toEqual([]);
  });
});

describe('the planner takes', () => {
  const texts = [
    ...names.map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
    ['a big file', bigFile(500)],
  ];

  it.each(texts as [string, string][])('%s', (name, text) => {
    const { model } = read(text, name);
    const isWhole = !name.includes('.crisol.') && model.params.files.length === 0 && !/^include:/m.test(text);
    const { params } = gatherParams(model);
    const { steps, cycle, problems } = planOf(model, { params, env: ENVIRONMENT });
    expect(cycle).toBeNull();
    expect(new Set(steps.map(({ of }) => of)).size).toBe(model.steps.length);
    const known = problems.filter(({ message }) => !message.includes('not known to this version'));
    if (isWhole) expect(known).toEqual([]);
  });
});
