import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { CrisolError } from '../../base/errors.ts';
import type { CommonOptions } from '../command.ts';
import { command } from '../command.ts';
import { printable } from '../text.ts';

interface ConvertOptions extends CommonOptions {
  output?: string;
  stage?: string;
}

/** A DVC pipeline in the words of crisol.yaml; needs no daemon and no DVC. */
export function convertCommand(): Command {
  return command('convert', 'write a crisol.yaml that does what a dvc.yaml does')
    .argument('[file]', 'the dvc.yaml', 'dvc.yaml')
    .option('--output <file>', 'where to (default: standard output)')
    .option('--stage <name>', 'only this stage')
    .action(convert);
}

async function convert(path: string, options: ConvertOptions): Promise<void> {
  const { output, stage, json } = options;
  // the language is loaded when it is needed
  const { readSource } = await import('../lint/files.ts');
  const { text: dvc } = readSource(path);
  const { convertDvc, filesNamedBy } = await import('../../../schemas/language/dvc/convert.ts');
  const { text, notes, steps } = convertDvc(dvc, await readAll(filesNamedBy(dvc), dirname(path)), { stage });
  if (stage !== undefined && steps.length === 0) {
    throw new CrisolError('CLI_USAGE', `There is no stage ${stage} in ${path}.`, { hint: 'Check the name.' });
  }
  if (output !== undefined) writeNew(output, text);
  if (json) process.stdout.write(`${JSON.stringify({ text, notes, output: output ?? null }, null, 2)}\n`);
  else if (output === undefined) process.stdout.write(text);
  else process.stderr.write(printable([`${output} is written.`, ...notes, ''].join('\n')));
}

/** Those that are there: what is missing, or leads out of the folder, the conversion tells. */
async function readAll(paths: readonly string[], folder: string): Promise<Record<string, string>> {
  const { diskOf } = await import('../../project/index.ts');
  const disk = diskOf(folder);
  const there = paths.flatMap((path) => {
    const answer = disk.read(path);
    return typeof answer === 'object' && 'text' in answer ? [[path, answer.text] as const] : [];
  });
  return Object.fromEntries(there);
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (thrown) {
    if (Object(thrown).code !== 'EEXIST') throw thrown;
    const hint = 'Move it away, or name another file.';
    throw new CrisolError('FILE_UNUSABLE', `${path} is there already.`, { hint, cause: thrown });
  }
}
