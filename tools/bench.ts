import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join(import.meta.dirname, 'bench');

/** Every file of the folder is a benchmark, but for what they share. */
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && file !== 'lib.ts')
  .map((file) => basename(file, '.ts'));

const [wanted = ''] = process.argv.slice(2);
if (names.includes(wanted)) {
  await import(pathToFileURL(join(FOLDER, `${wanted}.ts`)).href);
} else {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exitCode = 2;
}
