/** Of older runs nobody tells any more. */
const MOST = 1_000;

/** Which failures are told to a person already: several windows may look at one folder, and one of them is to say so. */
export class Notices {
  private readonly taken = new Set<string>();

  /** Whether whoever asks is the first. */
  take(runId: string): boolean {
    if (this.taken.has(runId)) return false;
    this.taken.add(runId);
    for (const oldest of this.taken) {
      if (this.taken.size <= MOST) break;
      this.taken.delete(oldest);
    }
    return true;
  }
}
