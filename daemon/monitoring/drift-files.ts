import { asCrisolError } from '../base/errors.ts';
import { driftOfFrames } from './files/frames.ts';
import { loadFrame } from './files/load.ts';

/**
 * The program behind `crisol drift REFERENCE CURRENT`. Its one argument is JSON: {reference, current, threshold?, columns?,
 * test?}. It prints one JSON document: the drift, or {error_code, message, hint} with exit code 1.
 */
async function main(argument: string | undefined): Promise<void> {
  const { reference, current, ...options } = JSON.parse(argument ?? '{}');
  const before = await loadFrame(reference);
  const now = await loadFrame(current);
  print(driftOfFrames(before, now, options));
}

function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

main(process.argv[2]).catch((thrown: unknown) => {
  print(asCrisolError(thrown).toBody());
  process.exitCode = 1;
});
