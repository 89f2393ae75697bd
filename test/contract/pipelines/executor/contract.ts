import { describe } from 'vitest';
import { isTakenOver, knowsWhatItStarted } from './adoption.ts';
import { carriesOut, isAtHome, takesAnything, takesItsShare } from './carrying-out.ts';
import { cancels, keepsTime, leavesNothing } from './ending.ts';
import type { OpenExecutor } from './house.ts';
import { houses } from './house.ts';
import { keepsOutput, makesRoom, tellsOfOutput } from './output.ts';

const PARTS = [
  carriesOut,
  isAtHome,
  takesAnything,
  takesItsShare,
  keepsOutput,
  tellsOfOutput,
  makesRoom,
  cancels,
  keepsTime,
  leavesNothing,
  isTakenOver,
  knowsWhatItStarted,
];

/** What every executor does, wherever its steps run; its own test file calls this with a way to open one. */
export function executorContract(name: string, open: OpenExecutor): void {
  describe(`the ${name} executor:`, () => {
    const house = houses(open);
    for (const part of PARTS) part(house);
  });
}
