import { join } from 'node:path';
import type { Program } from '../../daemon/base/programs.ts';
import { ROOT } from '../../tools/lib/root.ts';

/** A program as people run it: its bundle, which test/support/build.ts made and which starts sooner than its source. */
export function packedProgram(program: Program): string {
  return join(ROOT, 'dist', `${program}.cjs`);
}
