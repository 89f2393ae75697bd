import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: every path of the tools starts here, whatever folder they are called from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
