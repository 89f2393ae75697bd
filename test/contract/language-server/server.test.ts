import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MonitorSummary } from '../../../schemas/wire/monitoring.ts';
import { LanguageClient } from './client.ts';

const FOLDER = 'file:///home/user/my%20project%20%C3%B1';
const uriOf = (name: string) => `${FOLDER}/${name}/crisol.yaml`;

const PROJECT = `version: 1
steps:
  prepare:
    run: python prepare.py
  train:
    run: python train.py
    needs: [prepair]
endpoints:
  match-outcome:
    model: match-outcome@production
monitors:
  outcome-drift:
    endpoint: match-outcome
    drift:
      threshold: 0.1
`;

const drifting: MonitorSummary = {
  name: 'outcome-drift',
  endpoint: 'match-outcome',
  state: 'drift',
  sentence: '1 of 11 columns drifted in the last 1,000 requests; most: home_form',
  drifted: [{ name: 'home_form', test: 'ks', effect: 0.1834, threshold: 0.1 }],
  columns: 11,
  rows: 1000,
  at: 0,
};

describe('the language server over stdio', () => {
  let client: LanguageClient;
  beforeAll(async () => {
    client = new LanguageClient();
    await client.initialize({ docs: 'file:///docs/crisol-yaml.md', commands: true });
  });
  afterAll(async () => {
    expect(await client.stop()).toBe(0);
  });

  it('underlines a missing step as typed, and takes the line away once it is mended', async () => {
    const uri = uriOf('mend');
    await client.open(uri, PROJECT);
    const [missing, ...others] = await client.diagnostics(uri);
    expect(others).toEqual([]);
    expect(missing).toMatchObject({
      code: 'CRISOL120',
      source: 'crisol',
      severity: 1,
      range: { start: { line: 6, character: 12 }, end: { line: 6, character: 19 } },
      codeDescription: { href: 'file:///docs/crisol-yaml.md#crisol120' },
    });
    const range = { start: { line: 6, character: 17 }, end: { line: 6, character: 19 } };
    await client.change(uri, { range, text: 're' });
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it('offers the fix for a misspelt name, with the exact place', async () => {
    const uri = uriOf('fix');
    await client.open(uri, PROJECT);
    const [missing] = await client.diagnostics(uri);
    const cursor = { line: 6, character: 14 };
    const [fix] = await client.codeActions(uri, { start: cursor, end: cursor });
    expect(fix).toMatchObject({ title: 'Change to `prepare`', kind: 'quickfix', isPreferred: true });
    expect(fix?.edit?.changes?.[uri]).toEqual([{ range: missing?.range, newText: 'prepare' }]);
  });

  it('completes keys and names, and tells what a key does', async () => {
    const uri = uriOf('complete');
    await client.open(uri, PROJECT.replace('[prepair]', '[]'));
    const names = await client.completion(uri, 6, 12);
    expect(names.map((item) => item.label)).toEqual(['prepare']);
    const keys = await client.completion(uri, 9, 4);
    expect(keys.map((item) => item.label)).toContain('model');
    const hover = await client.hover(uri, 14, 8);
    expect(JSON.stringify(hover?.contents)).toContain('A column drifts when');
  });

  it('gives the outline', async () => {
    const uri = uriOf('outline');
    await client.open(uri, PROJECT);
    const outline = await client.symbols(uri);
    expect(outline.map((symbol) => symbol.name)).toEqual(['version', 'steps', 'endpoints', 'monitors']);
    expect(outline[1]?.children?.map((symbol) => symbol.name)).toEqual(['prepare', 'train']);
  });

  it('shows a drift on the threshold that it breaches, in its own project, until the monitor recovers', async () => {
    const [uri, other] = [uriOf('live'), uriOf('a project of its own')];
    await client.open(other, PROJECT.replace('[prepair]', '[]'));
    await client.open(uri, PROJECT.replace('[prepair]', '[]'));
    expect(await client.diagnostics(uri)).toEqual([]);

    await client.live(`${FOLDER}/live`, { monitors: [drifting] });
    const [drift] = await client.diagnostics(uri, (found) => found.length > 0);
    expect(drift).toMatchObject({
      code: 'CRISOL130',
      severity: 2,
      message: 'home_form is at 0.18, over the threshold of 0.1 (1,000 requests)',
      range: { start: { line: 14, character: 17 }, end: { line: 14, character: 20 } },
    });

    const start = { line: 14, character: 18 };
    const place = { start, end: start };
    const offered = await client.codeActions(uri, place);
    expect(offered.map(({ title, command }) => [title, command?.command, command?.arguments])).toEqual([
      ['Show drift report', 'crisol.monitors.show', ['outcome-drift']],
      ['Set threshold…', 'crisol.monitors.setThreshold', ['outcome-drift']],
    ]);

    expect(await client.codeActions(uri, place, ['refactor'])).toEqual([]);

    expect(await client.codeActions(other, place)).toEqual([]);
    await client.change(other, { text: PROJECT.replace('[prepair]', '[]') });
    expect(await client.diagnostics(other)).toEqual([]);

    await client.live(`${FOLDER}/live`, { monitors: [{ ...drifting, state: 'ok', drifted: [] }] });
    expect(await client.codeActions(uri, place)).toEqual([]);
    expect(await client.diagnostics(uri, (found) => found.length === 0)).toEqual([]);
  });

  it('explains a dvc.yaml by the same rules: the kinds that are asked for, and what is wrong until it is gone', async () => {
    const uri = `${FOLDER}/dvc.yaml`;
    const start = { line: 0, character: 0 };
    await client.open(uri, 'stages:\n  a: {cmd: x, outs: [o]}\n  b: {cmd: x, outs: [o]}\n');
    expect(await client.diagnostics(uri)).toMatchObject([{ message: expect.stringContaining('an out of `a`, too') }]);
    const titles = async (only?: string[]) => {
      const actions = await client.codeActions(uri, { start, end: start }, only);
      return actions.map(({ title }) => title);
    };
    expect(await titles()).toEqual(['Convert dvc.yaml to crisol.yaml']);
    expect(await titles(['refactor'])).toEqual(['Convert dvc.yaml to crisol.yaml']);
    expect(await titles(['source.fixAll'])).toEqual([]);

    const params = `${FOLDER}/params.yaml`;
    await client.change(uri, { text: `stages:\n  a: {cmd: "x \${seed}"}\n` });
    await client.open(params, 'seed: 1\n');
    expect(await client.hover(params, 0, 1)).toMatchObject({ contents: { value: expect.stringContaining('`a`') } });
    expect(await client.references(params, 0, 1)).toMatchObject([
      { uri, range: { start: { line: 1, character: 14 } } },
    ]);

    await client.change(uri, { text: `# ${'too long '.repeat(300_000)}` });
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it('says nothing about YAML files of other kinds', async () => {
    const other = `${FOLDER}/docker-compose.yaml`;
    const ours = uriOf('ours');
    await client.open(other, 'services: {web: {}}\n');
    await client.open(ours, 'nmae: x\n');
    await client.diagnostics(ours);
    expect(await client.completion(other, 0, 0)).toEqual([]);
    expect(await client.hover(other, 0, 3)).toBeNull();
  });

  it('takes the diagnostics of a file away when it is closed', async () => {
    const uri = uriOf('close');
    await client.open(uri, 'nmae: x\n');
    expect(await client.diagnostics(uri)).not.toEqual([]);
    await client.close(uri);
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it('knows parts of a project by their name', async () => {
    const uri = `${FOLDER}/more.crisol.yaml`;
    await client.open(uri, 'monitors:\n  m: {endpoint: elsewhere}\n');
    expect(await client.diagnostics(uri)).toEqual([]);
  });
});
