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

  get sum(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }

  /** What the process ends with: where nothing was tried, nothing is known to work. */
  get exitCode(): number {
    return this.failed > 0 || this.passed === 0 ? 1 : 0;
  }

  /** Says the sum as the very last line, and ends the process with it. */
  finish(): void {
    console.log(this.sum);
    process.exitCode = this.exitCode;
  }
}
