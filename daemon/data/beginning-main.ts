import { asCrisolError } from '../base/errors.ts';
import { beginningOf } from './beginning.ts';

/**
 * The program that looks into a Parquet file for the daemon, which never loads DuckDB itself. Its one argument is JSON:
 * {file, name}. It prints one JSON document: an ArtifactTable, or {error_code, message, hint} with exit code 1.
 */
async function main(argument: string | undefined): Promise<void> {
  const { file, name } = JSON.parse(argument ?? '{}');
  print(await beginningOf(file, name));
}

function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

main(process.argv[2]).catch((thrown: unknown) => {
  print(asCrisolError(thrown).toBody());
  process.exitCode = 1;
});
