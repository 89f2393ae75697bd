import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { removeUnusedEditors } from '../../../tools/lib/unused-editors.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 0, 31);

let cache: TempWorkspace;
afterEach(() => cache.dispose());

it('an editor that no checkout has used for a month goes, also one whose installation was broken off; the rest stays', () => {
  cache = new TempWorkspace();
  const put = (name: string, days: number) => {
    const folder = join(cache.folder, name);
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    utimesSync(folder, new Date(NOW - days * DAY_MS), new Date(NOW - days * DAY_MS));
    return folder;
  };
  const gone = [put('editor-0123456789ab', 31), put('editor-0123456789ab.4711', 40)];
  const kept = [
    put('editor-fedcba987654', 29),
    put('editor-fedcba987654.12', 0),
    put('mlflow', 90),
    put('editor-notes', 90),
  ];
  removeUnusedEditors(cache.folder, NOW);
  expect(gone.filter((folder) => existsSync(folder))).toEqual([]);
  expect(kept.filter((folder) => !existsSync(folder))).toEqual([]);
});
