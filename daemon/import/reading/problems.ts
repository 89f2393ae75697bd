export interface Problem {
  path: string;
  reason: string;
}

const KEPT = 1000;

/** What could not be brought, and why. A store that is broken throughout must not fill the memory. */
export class Problems {
  readonly list: Problem[] = [];
  /** how many more there were */
  leftOut = 0;

  note(path: string, reason: string): void {
    if (this.list.length < KEPT) this.list.push({ path, reason });
    else this.leftOut++;
  }
}
