import { dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { read } from './sources.ts';

interface Locked {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

// a platform's package that was not found when the lock was made is missing without a word, and breaks `npm ci` there
test.for(['package-lock.json', 'test/e2e/editor/package-lock.json'])('%s knows every optional package', (file) => {
  const { packages }: { packages: Record<string, Locked> } = JSON.parse(read(file));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)),
  );
  expect(missing).toEqual([]);
});

/** As Node looks for it: beside the package that wants it, then further up. */
function isLocked(packages: Record<string, Locked>, path: string, name: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const place = folder === '' || folder === '.' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (place in packages) return true;
    if (folder === '' || folder === '.') return false;
  }
}
