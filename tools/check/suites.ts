import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { bin } from '../lib/bin.ts';
import { exec } from '../lib/exec.ts';
import { ROOT } from '../lib/root.ts';
import type { Tally } from './tally.ts';

export type Suite = 'architecture' | 'unit' | 'contract' | 'conformance' | 'e2e';

interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** Runs suites with their output let through, and counts their tests. */
export async function runSuites(suites: Suite[], tally: Tally, more: string[] = []): Promise<void> {
  console.log(`\n── tests: ${suites.join(', ')} ──`);
  const folder = mkdtempSync(join(tmpdir(), 'crisol-report-'));
  const file = join(folder, 'report.json');
  const projects = suites.flatMap((suite) => ['--project', suite]);
  const reporters = ['default', 'json', './test/support/second-tries.ts'].map((name) => `--reporter=${name}`);
  reporters.push(`--outputFile.json=${file}`);
  const { code } = await exec(process.execPath, [bin('vitest'), 'run', ...projects, ...reporters, ...more], {
    show: true,
  });
  tally.add(count(file, code));
  rmSync(folder, { recursive: true, force: true });
}

/** A file that could not be loaded has no tests to fail, and a run may fail outside of any test: each counts as one. */
function count(file: string, code: number): { passed: number; failed: number; complaints: string[] } {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1, complaints: ['the tests ended before they could report'] };
  const complaints = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const path = relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && assertionResults.length === 0) return [`${path}\n${message}`];
    return failed.map((test) => `${path} > ${test.fullName}\n${test.failureMessages.join('\n')}`);
  });
  if (complaints.length === 0 && code !== 0) complaints.push('an error outside of the tests: it is told above');
  return { passed: report.numPassedTests, failed: complaints.length, complaints };
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // it ended before it could report
  }
}
