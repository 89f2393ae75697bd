import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { LiveValues } from '../../../schemas/language/live.ts';
import { LanguageClient } from './client.ts';

const FOLDER = 'file:///registry';
const MAIN = `${FOLDER}/crisol.yaml`;
const FURTHER = `${FOLDER}/further/crisol.yaml`;
const TEXT = `version: 1
steps:
  publish: {uses: register, with: {name: outcome, model: build/model}}
endpoints:
  slip: {model: outcom@production}
  other: {model: churn@champoin}
`;

const held = (name: string, ...aliases: string[]): LiveValues['models'][number] => ({
  name,
  versions: [{ version: 1, stage: 'development' }],
  aliases: aliases.map((alias) => ({ alias, version: 1 })),
});

const messages = (found: readonly Diagnostic[]) =>
  found.map(({ code, severity, message }) => [code, severity, message]);
const warning = (message: string) => ['CRISOL129', 2, message];

const SLIP = warning('No step registers a model `outcom`: did you mean `outcome`?');
const NEITHER = 'is neither in the registry nor registered by a step';

describe('a model that nobody has', () => {
  let client: LanguageClient;
  beforeEach(async () => {
    client = new LanguageClient();
    await client.initialize();
    await client.open(MAIN, TEXT);
    await client.open(FURTHER, TEXT);
  });
  afterEach(() => client.stop());

  const toldOf = async (uri: string, accepts: (found: Diagnostic[]) => boolean) =>
    messages(await client.diagnostics(uri, accepts));

  it('is told by what the daemon says, in its own project, as soon as that changes', async () => {
    expect(await toldOf(MAIN, () => true)).toEqual([SLIP]);
    expect(await toldOf(FURTHER, () => true)).toEqual([SLIP]);

    await client.live(FOLDER, { knowsModels: true, models: [] });
    expect(await toldOf(MAIN, (found) => found.length > 1)).toEqual([
      warning(`The model \`outcom\` ${NEITHER}: did you mean \`outcome\`?`),
      warning(`The model \`churn\` ${NEITHER}: correct the name, or add a step that registers it.`),
    ]);

    await client.live(FOLDER, { knowsModels: true, models: [held('outcom'), held('churn', 'champion')] });
    expect(await toldOf(MAIN, (found) => found.length === 1)).toEqual([
      warning('The registry has no alias `champoin` of `churn`: did you mean `champion`?'),
    ]);

    await client.live(FOLDER, { knowsModels: true, models: [held('outcom'), held('churn', 'champoin')] });
    expect(await toldOf(MAIN, (found) => found.length === 0)).toEqual([]);

    await client.live(FOLDER, { knowsModels: false });
    expect(await toldOf(MAIN, (found) => found.length === 1)).toEqual([SLIP]);

    await client.change(FURTHER, { text: `${TEXT}\n` });
    expect(await toldOf(FURTHER, () => true)).toEqual([SLIP]);
  });

  it('is not told as long as a command may register it, which it shows by its end', async () => {
    await client.change(MAIN, {
      text: 'version: 1\nsteps: {a: {run: echo}}\nendpoints: {e: {model: churn}}\n',
    });
    const ended = (state: 'failed' | 'succeeded'): LiveValues['steps'] => [
      { name: 'a', state, seconds: 1, reason: '', ran: 1, metrics: [] },
    ];
    const bystander = held('bystander');
    await client.live(FOLDER, { knowsModels: true, models: [bystander], steps: ended('failed') });
    expect(await toldOf(MAIN, (found) => found.length === 0)).toEqual([]);
    await client.live(FOLDER, { knowsModels: true, models: [bystander], steps: ended('succeeded') });
    expect(await toldOf(MAIN, (found) => found.length === 1)).toEqual([
      warning(`The model \`churn\` ${NEITHER}: correct the name, or add a step that registers it.`),
    ]);
    await client.live(FOLDER, { knowsModels: true, models: [bystander], steps: ended('failed') });
    expect(await toldOf(MAIN, (found) => found.length === 0)).toEqual([]);
  });

  it('is mended by the name that the registry has, if a person agrees', async () => {
    await client.live(FOLDER, { knowsModels: true, models: [held('churn', 'champion')] });
    await client.diagnostics(MAIN, (found) => found.length === 2);
    const place = { line: 5, character: 26 };
    const offered = await client.codeActions(MAIN, { start: place, end: place });
    expect(offered.map(({ title, isPreferred }) => [title, isPreferred ?? false])).toContainEqual([
      'Change to `champion`',
      true,
    ]);
    expect(await client.codeActions(MAIN, { start: place, end: place }, ['source.fixAll'])).toEqual([]);
  });
});
