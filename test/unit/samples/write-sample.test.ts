import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { matchesCsv, SAMPLE_NAME, writeSample } from '../../../samples/index.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
});
afterEach(() => workspace.dispose());

test('the sample is a project with its data', async () => {
  const folder = workspace.path('new', SAMPLE_NAME);
  expect(await writeSample(folder)).toEqual({ written: true });
  expect(workspace.read(`new/${SAMPLE_NAME}/data/matches.csv`)).toBe(matchesCsv());
  expect(workspace.has(`new/${SAMPLE_NAME}/README.md`)).toBe(true);
  const file = parse(workspace.read(`new/${SAMPLE_NAME}/crisol.yaml`));
  expect(Object.keys(file.steps)).toEqual(['split', 'train', 'evaluate', 'register']);
  expect(file.endpoints).toEqual({ [SAMPLE_NAME]: { model: `${SAMPLE_NAME}@production` } });
});

test('its crisol.yaml has no mistakes and runs from the data to the registry', async () => {
  await writeSample(workspace.folder);
  const { diagnostics, model } = parsePipelineFile(workspace.read('crisol.yaml'));
  expect(diagnostics).toEqual([]);
  const { steps, problems } = planOf(model);
  expect(problems).toEqual([]);
  expect(steps.map(({ name }) => name)).toEqual(['split', 'train', 'evaluate', 'register']);
});

test("a person's project is left as it is", async () => {
  workspace.write('crisol.yaml', 'version: 1 # mine\n');
  expect(await writeSample(workspace.folder)).toEqual({ written: false });
  expect(workspace.read('crisol.yaml')).toBe('version: 1 # mine\n');
  expect(existsSync(workspace.path('data'))).toBe(false);
});
