import { expect, test } from 'vitest';
import { applyEdits } from '../../../schemas/language/fix/edits.ts';
import { formatYaml } from '../../../schemas/language/format/format.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';

const lines = (count: number, line: (k: number) => string) =>
  Array.from({ length: count }, (_, k) => line(k)).join('\n');
const LINES = 8_000;

const oneLine = (count: number, item: (k: number) => string) => lines(count, item).replaceAll('\n', ', ');
const referring = (start: string, count: number) => oneLine(count, (k) => `$\{{ ${start}${k} }}`);
const NAMES = lines(LINES / 2, (k) => `  param${k}: 1`);

/** Files of a few hundred kilobytes, each made to be held against itself line by line. */
const HOSTILE: [string, string][] = [
  ['thousands of unknown keys', lines(LINES, (k) => `a${k}: 1`)],
  ['thousands of anchors', lines(LINES, (k) => `a${k}: &b${k} 1`)],
  ['thousands of quotes that are never closed', `a: "${'\n  b: "'.repeat(LINES)}`],
  ['thousands of broken lines', lines(LINES, (k) => `a${k}: ]`)],
  [
    'thousands of steps that need what there is not',
    `steps:\n${lines(LINES / 2, (k) => `  s${k}: {run: x, needs: [z${k}]}`)}`,
  ],
  [
    'thousands of steps that refer to what there is not',
    `steps:\n${lines(LINES / 2, (k) => `  s${k}: {run: "$\{{ steps.z${k}.outs[0] }}"}`)}`,
  ],
  ['thousands of misspelt params', `params:\n${NAMES}\nsteps: {a: {run: "${referring('params.pram', LINES / 2)}"}}`],
  [
    'thousands of misspelt params in a list',
    `params:\n${NAMES}\nsteps: {a: {run: x, params: [${oneLine(LINES / 2, (k) => `pram${k}x`)}]}}`,
  ],
  [
    'thousands of lists in a matrix, and of misspelt ones',
    `steps: {a: {run: "${referring('matrix.l', LINES / 2)}", matrix: {${oneLine(LINES / 2, (k) => `k${k}: [1]`)}}}}`,
  ],
  ['thousands of comments that hold back', lines(LINES, () => '# crisol-ignore CRISOL112: why')],
];

/** Each once took the whole stack, or the time and the memory that its values would have. */
const LONG_EXPRESSIONS: [string, string][] = [
  ['thousands of &&', manyTimes('params.a', ' && ')],
  ['thousands of ||', manyTimes('params.a', ' || ')],
  ['thousands of ==', manyTimes('1', ' == ')],
  ['thousands of dots', `params${'.a'.repeat(LINES)}`],
  ['thousands of brackets', `params${'[*]'.repeat(LINES)}`],
  ['thousands of parentheses', `${'('.repeat(LINES)}1${')'.repeat(LINES)}`],
  ['thousands of !', `${'!'.repeat(LINES)}1`],
  ['a text of 100 million letters', `format('${'{0}'.repeat(LINES)}', '${'x'.repeat(12_500)}')`],
];

function manyTimes(what: string, between: string): string {
  return Array.from({ length: LINES }, () => what).join(between);
}

test.each(LONG_EXPRESSIONS)('an expression with %s is told of, and ends no program', (_what, expression) => {
  const text = `version: 1\nsteps:\n  a:\n    run: $\{{ ${expression} }}\n    if: |\n      ${expression}\n`;
  const { diagnostics, model } = parsePipelineFile(text);
  expect(diagnostics.map(({ message }) => message).join()).toMatch(/make it simpler|million characters/);
  expect(planOf(model).problems).toHaveLength(1);
});

const MATRICES: [string, string][] = [
  ['ten thousand excludes', `exclude: [${lines(10_000, (k) => `{a: x${k}}`).replaceAll('\n', ', ')}]`],
  ['ten thousand includes', `include: [${lines(10_000, (k) => `{z${k}: 1}`).replaceAll('\n', ', ')}]`],
];

test.each(MATRICES)('a matrix of ten thousand combinations with %s is not worked out at each key', (_what, more) => {
  const values = lines(100, String).replaceAll('\n', ', ');
  const text = `version: 1\nsteps: {s: {run: x, mistake: x, matrix: {a: [${values}], b: [${values}], ${more}}}}`;
  const started = process.cpuUsage();
  expect(parsePipelineFile(text).diagnostics.length).toBeGreaterThan(0);
  expect(process.cpuUsage(started).user).toBeLessThan(4_000_000);
});

test.each(HOSTILE)('%s are read in a time that grows with the file, not with its square', (_what, text) => {
  const started = process.cpuUsage();
  const { diagnostics } = parsePipelineFile(text);
  expect(diagnostics.length).toBeGreaterThan(0);
  // squared, each took from 5 to 30 seconds; processor time, since what a busy machine adds is not ours
  const { user, system } = process.cpuUsage(started);
  expect(user + system).toBeLessThan(4_000_000);
});

/** The same, being typed into: what is around must not be held against itself at each key. */
const WHILE_TYPING: [string, string][] = [
  ...HOSTILE,
  ['ten thousand params', `version: 1\nparams:\n${lines(10_000, (k) => `  p${k}: ${k}`)}`],
  ['a list of ten thousand in brackets', `version: 1\nx-a: [${lines(10_000, (k) => `${k}`).replaceAll('\n', ', ')}]`],
  ['a text of a million letters', `version: 1\nname: ${'x'.repeat(1_000_000)}`],
  [
    'a block of a million letters',
    `version: 1\nsteps:\n  a:\n    run: |\n${lines(20_000, () => `      ${'x'.repeat(44)}`)}`,
  ],
  ['maps in maps', `version: 1\nx-a:\n${lines(60, (k) => `${' '.repeat(k + 1)}a:`)}`],
  ['thousands of aliases', `x-a: &a {run: x}\nsteps:\n${lines(LINES / 4, (k) => `  s${k}: *a`)}`],
];

test.each(WHILE_TYPING)('%s: a key takes no longer than the whole does', (_what, text) => {
  let file = parsePipelineFile(text);
  const started = process.cpuUsage();
  for (const share of [0.1, 0.5, 0.9]) {
    const at = Math.round(text.length * share);
    const typed = `${text.slice(0, at)}a${text.slice(at)}`;
    file = parsePipelineFile(typed, { before: file });
    expect(file.document.text).toBe(typed);
    expect(file.diagnostics.length).toBeLessThanOrEqual(500);
  }
  const { user, system } = process.cpuUsage(started);
  expect(user + system).toBeLessThan(6_000_000);
});

const HUGE = 150_000;

/** Longer than anybody writes by hand, within what is read at all. */
const LONG: [string, string][] = [
  ['a list beside a suppression', `version: 1 # crisol-ignore CRISOL112\nparams: {a: [${'1, '.repeat(HUGE)}]}`],
  ['equal keys', `version: 1\nsteps: {a: {run: ${'1, '.repeat(HUGE)}}}`],
  ['the settings of a step', `version: 1\nsteps: {a: {uses: train, with: {exclude: [${'a, '.repeat(HUGE)}]}}}`],
  ['the variables of a step', `version: 1\nsteps: {a: {run: x, env: {${oneLine(HUGE, (k) => `a${k}: 1`)}}}}`],
  ['suppressions between values', `version: 1\n${lines(HUGE / 3, (k) => `a${k}: 1 # crisol-ignore CRISOL112`)}`],
  ['brackets that close nothing', `version: 1\nname: ${']'.repeat(HUGE / 3)}`],
  [
    'steps that wait for one',
    `version: 1\nsteps:\n  a: {run: x}\n${lines(HUGE / 5, (k) => `  s${k}: {run: x, needs: a}`)}`,
  ],
];

test.each(LONG)('%s, thousands and thousands of them, are read and planned', (_what, text) => {
  const started = process.cpuUsage();
  const { model, diagnostics } = parsePipelineFile(text);
  planOf(model, { params: {}, env: {} });
  const { user, system } = process.cpuUsage(started);
  expect(diagnostics.length).toBeLessThanOrEqual(500);
  expect(user + system).toBeLessThan(30_000_000);
});

const MANY_LINES: [string, string][] = [
  ['a script', `version: 1\nsteps:\n  a:\n    run: |\n${'      echo\n'.repeat(HUGE)}`],
  ['what stands too far out', `version: 1\nparams:\n  a:\n${'  - 1\n'.repeat(HUGE / 3)}`],
  ['comments', `version: 1\n${'# a\n'.repeat(HUGE / 2)}`],
];

test.each(MANY_LINES)('%s of many lines is formatted', (_what, text) => {
  const started = process.cpuUsage();
  const after = applyEdits(text, formatYaml(text));
  const { user, system } = process.cpuUsage(started);
  expect(after.split('\n').length).toBe(text.split('\n').length);
  expect(user + system).toBeLessThan(6_000_000);
});
