/** Our language server beside the YAML language server of npm, which has our JSON Schema, on the same file over stdio. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { SERVER_FLAGS } from '../../schemas/language/protocol.ts';
import { build } from '../build.ts';
import { step } from '../lib/progress.mjs';
import { ROOT } from '../lib/root.ts';
import { BenchEditor } from './language/client.ts';
import { installPeer } from './language/peer.ts';
import { projectOf, typedIn } from './language/project.ts';
import { atMost, interleaved, percentile, report, timesFaster } from './lib.ts';

const STEPS = 500;
const ROUNDS = 6;
const OPENINGS = 11;
const KEYS_A_ROUND = 25;
const URI = 'file:///bench/crisol.yaml';
const SCHEMA = pathToFileURL(join(ROOT, 'schemas', 'crisol.schema.json')).href;
const SETTINGS = { yaml: { schemas: { [SCHEMA]: 'crisol.yaml' }, validate: true, hover: true, completion: true } };

await build();
const programs = {
  ours: join(ROOT, 'dist', 'language-server.cjs'),
  peer: await step('The YAML language server from npm', installPeer),
};
// as the extension starts ours, which keeps what it compiled for its next start
const CACHES = join(ROOT, '.cache', 'bench-language');
const OPTIONS = {
  ours: { flags: SERVER_FLAGS, env: { XDG_CACHE_HOME: CACHES, NODE_COMPILE_CACHE: '' } },
  peer: { settings: SETTINGS },
};
type Side = keyof typeof programs;
const start = (side: Side, uri = URI) => BenchEditor.start(programs[side], uri, OPTIONS[side]);

const text = projectOf(STEPS);
const firstOpening = await step('the first opening of a version', openForTheFirstTime);
const openings = await step('opening', () => bySide(OPENINGS, openOnce));
const editors = { ours: await start('ours'), peer: await start('peer') };
try {
  for (const editor of Object.values(editors)) await editor.open(text);
  const keys = await step('typing', () => bySide(ROUNDS, (side) => rounds(side, typeOnce)));
  const completions = await step('completing', () => bySide(ROUNDS, (side) => rounds(side, completeOnce)));
  const hovers = await step('hovering', () => bySide(ROUNDS, (side) => rounds(side, hoverOnce)));
  const large = await step('50,000 lines', typeInLarge);
  const ms = (name: string, share: number, times: Record<Side, number[][]>) => ({
    name,
    unit: 'ms',
    ours: percentile(times.ours.flat(), share),
    peer: percentile(times.peer.flat(), share),
  });
  const megabytes = (name: string, which: 'memory' | 'mostMemory') => ({
    name,
    unit: 'MB',
    ours: editors.ours[which],
    peer: editors.peer[which],
  });
  const both = (limit: number, measured: ReturnType<typeof ms>) => [
    atMost(limit, measured),
    timesFaster(5, { ...measured, name: `${measured.name}, beside the peer` }),
  ];
  report('language', [
    ...both(20, ms('diagnostics after a key, p95', 0.95, keys)),
    ...both(20, ms('completion after a key, p95', 0.95, completions)),
    ...both(5, ms('hover, p95', 0.95, hovers)),
    ...both(300, ms('first diagnostics after opening, median', 0.5, openings)),
    atMost(300, { name: 'the same, the first of a version', unit: 'ms', ours: firstOpening }),
    atMost(100, {
      name: 'diagnostics after a key in 50,000 lines, p95',
      unit: 'ms',
      ours: percentile(large.times, 0.95),
    }),
    atMost(150, megabytes('memory with 5,000 lines', 'memory')),
    atMost(150, megabytes('memory with 5,000 lines, at most', 'mostMemory')),
    atMost(300, { name: 'memory with 50,000 lines, at most', unit: 'MB', ours: large.memory }),
  ]);
} finally {
  await Promise.all(Object.values(editors).map((editor) => editor.stop()));
}

function bySide(count: number, action: (side: Side) => Promise<number[]>): Promise<Record<Side, number[][]>> {
  return interleaved(count, { ours: () => action('ours'), peer: () => action('peer') });
}

/** With a few keys after it; what was compiled of the server is kept once they pause, as with everybody's first file. */
async function openForTheFirstTime(): Promise<number> {
  rmSync(CACHES, { recursive: true, force: true });
  const editor = await start('ours');
  const time = await editor.open(text);
  for (const once of [typeOnce, completeOnce, hoverOnce]) await once(editor, 0);
  const kept = join(CACHES, 'crisol', 'compiled', 'language-server-core');
  while (!existsSync(kept) || readdirSync(kept).every((name) => name.endsWith('.draft'))) await setTimeout(100);
  await editor.stop();
  return time;
}

async function openOnce(side: Side): Promise<number[]> {
  const editor = await start(side);
  const time = await editor.open(text);
  await editor.stop();
  return [time];
}

/** At places all over the file. */
async function rounds(side: Side, once: (editor: BenchEditor, at: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < KEYS_A_ROUND; key++) times.push(await once(editors[side], (key * 7919) % STEPS));
  return times;
}

/** A letter too many, which is a mistake, and back. */
async function typeOnce(editor: BenchEditor, at: number): Promise<number> {
  const time = await editor.type(typedIn(at), 'x');
  await editor.erase(typedIn(at), 1);
  return time;
}

/** The value of `uses` with a letter too many. */
async function completeOnce(editor: BenchEditor, at: number): Promise<number> {
  const time = await editor.complete(typedIn(at), 'x');
  await editor.erase(typedIn(at), 1);
  return time;
}

function hoverOnce(editor: BenchEditor, at: number): Promise<number> {
  return editor.hover(typedIn(at, -10));
}

async function typeInLarge(): Promise<{ times: number[]; memory: number }> {
  const editor = await start('ours');
  await editor.open(projectOf(STEPS * 10));
  const times: number[] = [];
  for (let key = 0; key < 40; key++) times.push(await typeOnce(editor, (key * 7919) % (STEPS * 10)));
  const { mostMemory: memory } = editor;
  await editor.stop();
  return { times, memory };
}
