import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The programs that run in processes or threads of their own. Packed, each is one file beside the running one in `dist`;
 * from source, Node 24 runs the TypeScript file itself.
 */
const SOURCES = {
  daemon: 'daemon/main.ts',
  crisol: 'daemon/cli/launch.ts',
  'serving-host': 'daemon/serving/host/main.ts',
  'inference-worker': 'daemon/serving/host/worker.ts',
  'step-supervisor': 'daemon/pipelines/executors/supervisor/main.ts',
  'built-in-step': 'daemon/training/steps/main.ts',
  'table-beginning': 'daemon/data/beginning-main.ts',
  'drift-files': 'daemon/monitoring/drift-files.ts',
  'fold-rows': 'daemon/sweeps/folds/main.ts',
  'store-reader': 'daemon/store/reader.ts',
  'files-keeper': 'daemon/files/keeper/main.ts',
  'language-server': 'language-server/main.ts',
} as const;

export type Program = keyof typeof SOURCES;

export function programPath(program: Program): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const packed = join(here, `${program}.cjs`);
  return existsSync(packed) ? packed : join(here, '..', '..', SOURCES[program]);
}
