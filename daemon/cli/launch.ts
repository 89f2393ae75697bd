/** `crisol`: what was compiled once need not be compiled with each call, which is a third of what a short one takes. */
import { join } from 'node:path';
import { startRest } from '../../compiled/start.ts';

async function launch(): Promise<void> {
  const packed = join(import.meta.dirname, 'crisol-cli.cjs');
  const { wasKept, keep } = await startRest(packed, () => import('./main.ts'));
  // the first command of a version, once it has told all
  if (!wasKept) process.once('beforeExit', () => void keep());
}

void launch();
