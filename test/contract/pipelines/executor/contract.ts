import { describe } from 'vitest';
import { isTakenOver } from './adoption.ts';
import { carriesOut } from './carrying-out.ts';
import { endsAll } from './ending.ts';
import type { OpenExecutor } from './house.ts';
import { houses } from './house.ts';
import { keepsOutput } from './output.ts';

/** What every executor does; its own test file calls this with a way to open one. */
export function executorContract(name: string, open: OpenExecutor): void {
  describe(`the ${name} executor:`, () => {
    const house = houses(open);
    carriesOut(house);
    keepsOutput(house);
    endsAll(house);
    isTakenOver(house);
  });
}
