import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ErrorCode } from '../../../schemas/errors.ts';
import { ERRORS } from '../../../schemas/errors.ts';
import type { Signature } from '../../../schemas/model.ts';
import { MODEL_FILES } from '../../../schemas/model.ts';
import type { MetricNumber } from '../../../schemas/wire/common.ts';
import { CrisolError } from '../../base/errors.ts';
import { programPath } from '../../base/programs.ts';
import { SETTINGS_VARIABLE } from '../../base/step-settings.ts';
import type { CommonOptions } from '../command.ts';
import { command, print } from '../command.ts';
import { metricText, pairs } from '../text.ts';
import { notNegative, positiveInteger } from '../usage.ts';

interface TrainOptions extends CommonOptions {
  target: string;
  out: string;
  exclude?: string[];
  l2?: number;
  epochs?: number;
}

/** train, evaluate: the built-in steps on files, with no pipeline and no daemon. */
export function trainingCommands(): Command[] {
  return [
    command('train', 'train a model on a data file, and write it as an ONNX model folder')
      .argument('<data>')
      .requiredOption('--target <column>', 'the column to predict')
      .requiredOption('--out <folder>', 'where the model goes')
      .option('--exclude <columns...>', 'columns that the model must not see')
      .option('--l2 <number>', 'how strongly large weights are held back (default: 1)', notNegative)
      .option('--epochs <count>', 'passes over the rows at most (default: 200)', positiveInteger)
      .action(train),
    command('evaluate', 'measure a model folder on a data file')
      .argument('<model>')
      .argument('<data>')
      .action(evaluate),
  ];
}

async function train(data: string, options: TrainOptions): Promise<void> {
  const { target, exclude, l2, epochs } = options;
  const out = resolve(options.out);
  await builtIn('train', { data: resolve(data), target, out, exclude, l2, epochs });
  const signature: Signature = JSON.parse(readFileSync(join(out, MODEL_FILES.signature), 'utf8'));
  const { inputs, classes } = signature;
  const document = { model: out, target, inputs: inputs.map(({ name }) => name), classes };
  print(options, document, `The model is in ${out}: ${inputs.length} inputs, ${classes.length} classes.`);
}

async function evaluate(model: string, data: string, options: CommonOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crisol-'));
  try {
    const out = join(folder, 'metrics.json');
    await builtIn('evaluate', { model: resolve(model), data: resolve(data), out });
    const metrics: Record<string, MetricNumber> = JSON.parse(readFileSync(out, 'utf8'));
    print(options, metrics, pairs(Object.entries(metrics).map(([name, value]) => [name, metricText(value)])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, which may load what is heavy; what it says on its way is progress. */
async function builtIn(step: 'train' | 'evaluate', settings: object): Promise<void> {
  // with an address in the environment it would log there, and to no run
  const { MLFLOW_TRACKING_URI: _address, ...env } = process.env;
  const child = spawn(process.execPath, [programPath('built-in-step'), step], {
    env: { ...env, ELECTRON_RUN_AS_NODE: '1', [SETTINGS_VARIABLE]: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(process.stderr, { end: false });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.once('close', done).once('error', fail));
  if (code !== 0) throw failureIn(complaint);
}

/** A step says `CODE: what is wrong`, and on the next line what to do. */
function failureIn(complaint: string): CrisolError {
  const [, code = '', message = complaint] = /^([A-Z_]+): (.*)/m.exec(complaint) ?? [];
  const known: ErrorCode = Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'INTERNAL_ERROR';
  return new CrisolError(known, message);
}
