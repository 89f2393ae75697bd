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
  // nothing is pointed at
  await window.page.mouse.move(0, 0);
  await window.page.locator('.workbench-hover:visible').waitFor({ state: 'hidden' });
  await window.picture(file);
  if (process.env.UPDATE_PICTURES) cpSync(file, join(ROOT, 'docs', 'images', `${name}.png`));
}

/** So many that the params, with what is told beside them, come into view. */
const LINES_ABOVE = 9;

/** The file with what stands above its steps and beside its values, one letter taken away, and the fix for that. */
export async function languagePicture(window: Workbench, yaml: string): Promise<void> {
  const { text, page } = window;
  const param = '{{ params.epochs';
  const lines = yaml.slice(0, yaml.indexOf(param)).split('\n');
  await window.theme('light');
  await window.run('Notifications: Clear All Notifications');
  await text.goTo(lines.length, (lines.at(-1)?.length ?? 0) + param.length + 1);
  await page.keyboard.press('Backspace');
  await text.squiggles('error').first().waitFor();
  for (let line = 0; line < LINES_ABOVE; line++) await page.keyboard.press('ControlOrMeta+ArrowUp');
  await text.openQuickFixes();
  await docsPicture(window, 'language');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Z');
  await text.squiggles('error').first().waitFor({ state: 'hidden' });
  await page.keyboard.press('ControlOrMeta+Home');
}
