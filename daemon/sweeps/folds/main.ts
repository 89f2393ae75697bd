import { readFileSync } from 'node:fs';
import { asCrisolError } from '../../base/errors.ts';
import type { FoldTask } from './divide.ts';
import { divide } from './divide.ts';

/**
 * The program that divides the rows of a data file: its standard input is a FoldTask as JSON. It prints one JSON document: how many folds
 * it made, or {error_code, message, hint} with exit code 1.
 */
async function main(): Promise<void> {
  const task: FoldTask = JSON.parse(readFileSync(0, 'utf8'));
  print({ folds: await divide(task) });
}

function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

main().catch((thrown: unknown) => {
  print(asCrisolError(thrown).toBody());
  process.exitCode = 1;
});
