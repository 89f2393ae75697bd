import { naturally } from '../../../schemas/natural-order.ts';

const FIRST_ROWS = 1024;
const NONE = -1;

/** A column of texts: each different one is kept once, a row costs four bytes. */
export class Texts {
  private codes = new Int32Array(FIRST_ROWS).fill(NONE);
  readonly words: string[] = [];
  private readonly codeOf = new Map<string, number>();
  private readonly parsed: number[] = [];
  private numeric = true;
  private ranks: Uint32Array | undefined;

  get(row: number): string | undefined {
    return this.words[this.code(row)];
  }

  /** The place of its text among `words`, or less than zero. */
  code(row: number): number {
    return this.codes[row] ?? NONE;
  }

  set(row: number, text: string | undefined): void {
    if (row >= this.codes.length) this.grow(row + 1);
    this.codes[row] = text === undefined ? NONE : this.codeFor(text);
  }

  /** Whether all its texts are numbers: then they are compared as such. */
  get isNumeric(): boolean {
    return this.numeric && this.words.length > 0;
  }

  number(row: number): number | undefined {
    return this.parsed[this.code(row)];
  }

  /** By code: the place of each text among all in order. */
  order(): Uint32Array {
    if (this.ranks?.length === this.words.length) return this.ranks;
    const sorted = this.words.map((_, code) => code).sort((a, b) => this.compare(a, b));
    const ranks = new Uint32Array(sorted.length);
    sorted.forEach((code, rank) => {
      ranks[code] = rank;
    });
    this.ranks = ranks;
    return ranks;
  }

  private compare(a: number, b: number): number {
    return naturally(this.words[a] ?? '', this.words[b] ?? '');
  }

  private codeFor(text: string): number {
    const known = this.codeOf.get(text);
    if (known !== undefined) return known;
    const code = this.words.push(text) - 1;
    this.codeOf.set(text, code);
    const number = text.trim() === '' ? Number.NaN : Number(text);
    this.parsed.push(number);
    if (!Number.isFinite(number)) this.numeric = false;
    return code;
  }

  private grow(rows: number): void {
    const codes = new Int32Array(Math.max(rows, this.codes.length * 2)).fill(NONE);
    codes.set(this.codes);
    this.codes = codes;
  }
}
