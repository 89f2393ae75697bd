import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/lib/root.ts';
import { PICTURES } from '../support/e2e.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const VIEWS = ['Experiments', 'Pipeline', 'Models', 'Endpoints', 'Monitors'];

/** The window with the views beside the panel. */
export async function readmePicture(window: Workbench, name: string): Promise<void> {
  await window.theme('light');
  await window.showViews('Crisol');
  for (const view of VIEWS) {
    await window.tree(view).rows.first().waitFor();
    await window.tree(view).unfold();
  }
  await docsPicture(window, name);
}

/** The window as it is; with UPDATE_PICTURES=1 it becomes the one in docs/images. */
export async function docsPicture(window: Workbench, name: string): Promise<void> {
  const file = join(PICTURES, 'readme', `${name}.png`);
  await window.picture(file);
  if (process.env.UPDATE_PICTURES) cpSync(file, join(ROOT, 'docs', 'images', `${name}.png`));
}
