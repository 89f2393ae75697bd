import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Names, at the end and loudly, the tests that passed on a second try only: each hides a flaw, here or in the product. */
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules)
      for (const test of module.children.allTests('passed')) {
        if (!test.diagnostic()?.flaky) continue;
        console.log(`!!! Passed on a second try only: ${module.relativeModuleId} > ${test.fullName}`);
        for (const line of whyNotAtOnce(test)) console.log(`    ${line}`);
      }
  }
}

/** What went wrong first, and where in the test. */
function whyNotAtOnce(test: TestCase): string[] {
  const errors = test.result().errors ?? [];
  return errors.flatMap(({ message, stacks = [] }) => [
    ...message.split('\n').slice(0, 12),
    ...stacks.map(({ file, line, column }) => `at ${file}:${line}:${column}`),
  ]);
}
