import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ROOT } from '../../tools/lib/root.ts';

/** A file of the checkout that is made from the sources: as it should be, or (with `UPDATE_GOLDEN=1`) made so. */
export function expectGolden(path: string, content: string): void {
  const file = join(ROOT, path);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, content);
  else expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(content);
}
