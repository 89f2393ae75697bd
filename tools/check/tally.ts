/** What was tried, in total: every test and every check counts as one. */
export class Tally {
  passed = 0;
  failed = 0;
  /** a line or more for each that failed */
  private readonly complaints: string[] = [];

  add({ passed, failed, complaints = [] }: { passed: number; failed: number; complaints?: string[] }): void {
    this.passed += passed;
    this.failed += failed;
    this.complaints.push(...complaints);
  }

  /** One more: it is well, or `complaint` says what is not. */
  count(complaint: string | undefined): void {
    if (complaint === undefined) this.add({ passed: 1, failed: 0 });
    else this.add({ passed: 0, failed: 1, complaints: [complaint] });
  }

  get sum(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }

  /** What failed, once more and in short: whoever sees the end only knows what it was. */
  get report(): string {
    if (this.complaints.length === 0) return this.sum;
    return `\nWhat failed:\n${this.complaints.map((complaint) => `✗ ${shortened(complaint)}\n`).join('')}\n${this.sum}`;
  }

  /** What the process ends with: where nothing was tried, nothing is known to work. */
  get exitCode(): number {
    return this.failed > 0 || this.passed === 0 ? 1 : 0;
  }

  /** Says the sum as the very last line, and ends the process with it. */
  finish(): void {
    console.log(this.report);
    process.exitCode = this.exitCode;
  }
}

const LINES = 20;
const COLUMNS = 300;

function shortened(complaint: string): string {
  const lines = complaint.trimEnd().split('\n');
  const shown = lines.slice(0, LINES).map((line) => (line.length > COLUMNS ? `${line.slice(0, COLUMNS)}…` : line));
  return [...shown, ...(lines.length > LINES ? ['…'] : [])].join('\n  ');
}
