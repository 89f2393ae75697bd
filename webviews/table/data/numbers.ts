const FIRST_ROWS = 1024;

/** A column of numbers, NaN among them; a row may have none. Eight bytes a row and one more. */
export class Numbers {
  private values = new Float64Array(FIRST_ROWS);
  private there = new Uint8Array(FIRST_ROWS);

  get(row: number): number | undefined {
    return this.there[row] === 1 ? this.values[row] : undefined;
  }

  set(row: number, value: number | undefined): void {
    if (row >= this.values.length) this.grow(row + 1);
    this.there[row] = value === undefined ? 0 : 1;
    this.values[row] = value ?? 0;
  }

  private grow(rows: number): void {
    const size = Math.max(rows, this.values.length * 2);
    const values = new Float64Array(size);
    const there = new Uint8Array(size);
    values.set(this.values);
    there.set(this.there);
    this.values = values;
    this.there = there;
  }
}
