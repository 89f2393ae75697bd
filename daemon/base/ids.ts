import { randomBytes } from 'node:crypto';

/** Chance is injected like time: a test passes its own. */
export type RandomBytes = (size: number) => Uint8Array;

/** 32 hexadecimal digits, as MLflow names its runs. */
export function newId(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(16)).toString('hex');
}
