/** What was tried, in total: every test and every check counts as one. */
export class Tally {
  passed = 0;
  failed = 0;

  add(counts: { passed: number; failed: number }): void {
    this.passed += counts.passed;
    this.failed += counts.failed;
  }

  count(ok: boolean): void {
    if (ok) this.passed++;
    else this.failed++;
  }

  /** Says the sum as the very last line, and ends the process with it. */
  finish(): void {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed > 0 || this.passed === 0 ? 1 : 0;
  }
}
