import type { Reporter, TestModule } from 'vitest/node';

/** Names, at the end and loudly, the tests that passed on a second try only: each hides a flaw, here or in the product. */
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules)
      for (const test of module.children.allTests('passed')) {
        if (test.diagnostic()?.flaky)
          console.log(`!!! Passed on a second try only: ${module.relativeModuleId} > ${test.fullName}`);
      }
  }
}
