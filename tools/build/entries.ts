import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Program } from '../../daemon/base/programs.ts';
import { programPath } from '../../daemon/base/programs.ts';
import { ROOT } from '../lib/root.ts';

/** `name` is the bundle in dist, `source` the file that it starts from. */
export interface Entry {
  name: string;
  source: string;
}

// a record, so that a program added in programs.ts is missed here by the compiler
const PROGRAMS: Record<Program, true> = {
  daemon: true,
  crisol: true,
  'serving-host': true,
  'inference-worker': true,
  'built-in-step': true,
  'step-supervisor': true,
  'table-beginning': true,
  'drift-files': true,
  'fold-rows': true,
  'store-reader': true,
  'files-keeper': true,
  'language-server': true,
};

/** The extension, and what of it loads after activation: see `lazyParts` in bundles.ts. */
const EXTENSION: Entry[] = [
  { name: 'extension', source: 'extension/main.ts' },
  { name: 'extension-daemon', source: 'extension/daemon/talk.ts' },
  { name: 'extension-language', source: 'extension/language/client.ts' },
  { name: 'extension-dvc', source: 'extension/language/dvc.ts' },
];

/** What `crisol` and the language server load once they know where to find it compiled, and the daemon once it looks at files. */
const AFTERWARDS: Entry[] = [
  { name: 'crisol-cli', source: 'daemon/cli/main.ts' },
  { name: 'daemon-house', source: 'daemon/house.ts' },
  { name: 'language-server-core', source: 'language-server/server.ts' },
];

/** What runs in Node: the programs and the extension. */
export function nodeEntries(): Entry[] {
  const programs = Object.keys(PROGRAMS) as Program[];
  const entries = programs.map((name) => ({ name, source: relative(ROOT, programPath(name)) }));
  return [...entries, ...AFTERWARDS, ...EXTENSION];
}

/** What runs in webviews: every folder of `webviews` with a main.tsx. */
export function webviewEntries(): Entry[] {
  return readdirSync(join(ROOT, 'webviews'))
    .map((panel) => ({ name: panel, source: `webviews/${panel}/main.tsx` }))
    .filter(({ source }) => existsSync(join(ROOT, source)));
}
