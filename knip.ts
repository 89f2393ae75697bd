import type { KnipConfig } from 'knip';
import { nodeEntries, webviewEntries } from './tools/build/entries.ts';

// what is run as a program: all else must be reached from here, or it is of no use
export default {
  entry: [
    ...[...nodeEntries(), ...webviewEntries()].map(({ source }) => source),
    'tools/*.{ts,mjs}',
    'tools/bench/**/*.ts',
    'samples/**/*.ts',
    'test/**/*.test.{ts,tsx}',
    // a reporter, named to vitest by tools/check/suites.ts
    'test/support/second-tries.ts',
  ],
  project: ['{schemas,compiled,daemon,extension,language-server,webviews,samples,tools,test}/**/*.{ts,tsx,mjs}'],
  ignoreExportsUsedInFile: true,
  // commands of the system, for tests: of what a hostile folder may hold, and of what it is like to run out of folder watches
  ignoreBinaries: ['mkfifo', 'unshare'],
  // called as programs, through tools/lib/bin.ts
  ignoreDependencies: ['@biomejs/biome', '@vscode/vsce', 'dependency-cruiser'],
} satisfies KnipConfig;
