import type { Frame } from 'playwright-core';
import type { Workbench } from '../support/workbench/workbench.ts';

/** The panel of the newest run, found from the palette. */
export async function openNewestRun(window: Workbench): Promise<Frame> {
  await window.quickInput.through(
    () => window.run('Crisol: Open run'),
    (box) => box.pick(''),
  );
  return window.panels.open();
}
