import { formatWhole } from '../../schemas/count-text.ts';
import type * as wire from '../../schemas/wire/import.ts';
import { bytes as bytesIn, count } from './text.ts';

const FASTEST_MS = 100;

/** A line that moves in a terminal; whoever started us over a channel is told the same. */
export class ImportProgress {
  private last = 0;
  private readonly output: NodeJS.WriteStream;

  constructor(output: NodeJS.WriteStream = process.stderr) {
    this.output = output;
  }

  tell(tally: wire.ImportTally, now = Date.now()): void {
    if (now - this.last < FASTEST_MS) return;
    this.last = now;
    const message: wire.ImportProgress = { type: 'import/progress', tally };
    if (process.connected) process.send?.(message);
    if (!this.output.isTTY) return;
    this.clear();
    this.output.write(`  ${line(tally)}`.slice(0, this.output.columns - 1));
  }

  end(): void {
    if (this.output.isTTY) this.clear();
  }

  private clear(): void {
    this.output.write('\r\x1b[2K');
  }
}

function line({ runs, known_runs, failed_runs, runs_total, points, artifacts, bytes }: wire.ImportTally): string {
  const done = runs + known_runs + failed_runs;
  return `${formatWhole(done)} of ${count(runs_total, 'run')}, ${count(points, 'point')}, ${count(artifacts, 'artifact')} (${bytesIn(bytes)})`;
}
