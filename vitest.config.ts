import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

// what was compiled once need not be compiled again by the hundreds of programs that start here
const COMPILED = { NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache', 'test-compiled') };

// Suites with real processes may be slow on a busy machine: a generous limit costs nothing while they pass.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    // what is waited for comes when it comes: a second is too short where a browser and daemons share two cores
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    setupFiles: ['test/support/seed.ts'],
    // a window drawn by a busy machine may lose a key or a click, a process its turn: in CI, where nobody can try again, a test
    // is tried twice; test/support/second-tries.ts names whom that helped
    retry: process.env.CI === 'true' ? 1 : 0,
    // the key of the user who runs the tests stays out of them
    env: { XDG_STATE_HOME: join(import.meta.dirname, '.cache', 'test-state') },
    projects: [
      {
        extends: true,
        // a process for many files: loading everything anew for each of them takes as long as half of the tests; where native
        // libraries are loaded, the end of such a process would not be clean
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000, isolate: false },
      },
      {
        extends: true,
        test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          env: COMPILED,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      // needs Python and PyPI: `npm run conformance` brings both together
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          env: COMPILED,
          testTimeout: 300_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          // what runs Python needs the one that the conformance tests bring: `tools/verify.ts` says so where there is none
          include: ['test/e2e/*.test.ts', ...(process.env.CRISOL_MLFLOW_PYTHON ? ['test/e2e/python/*.test.ts'] : [])],
          globalSetup: ['test/e2e/setup.ts'],
          // a browser and a VS Code for many files: starting them takes as long as some of the tests
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 240_000,
          // what is asked of a window makes it work, too
          expect: { poll: { timeout: 60_000, interval: 200 } },
        },
      },
    ],
  },
});
