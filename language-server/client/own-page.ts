import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The page that explains the diagnostics, as it lies beside the packed server: for editors that name no other. */
export function ownPage(): string | undefined {
  const page = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'crisol-yaml.md');
  return existsSync(page) ? pathToFileURL(page).href : undefined;
}
