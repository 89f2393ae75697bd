import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const UNUSED_MS = 30 * 24 * 60 * 60_000;

/**
 * Of other versions of the recipe, and of installations that were broken off: those that no checkout has used for a month, each of
 * which is as large as an editor. When one is used its folder is touched.
 */
export function removeUnusedEditors(cache: string, now: number): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (!/^editor-[0-9a-f]+(\.\d+)?$/.test(name)) continue;
    if (statSync(folder).mtimeMs < now - UNUSED_MS) rmSync(folder, { recursive: true, force: true });
  }
}
