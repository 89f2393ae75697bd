import { setImmediate } from 'node:timers/promises';

/** Some milliseconds' worth. */
const POINTS_A_TURN = 16_000;

/** Long readings stand back now and then, so that whoever logs meanwhile does not wait for them. */
export class Pace {
  private read = 0;
  private readonly turn: number;

  constructor(turn = POINTS_A_TURN) {
    this.turn = turn;
  }

  async rest(points: number): Promise<void> {
    this.read += points;
    if (this.read < this.turn) return;
    this.read = 0;
    await setImmediate();
  }
}
