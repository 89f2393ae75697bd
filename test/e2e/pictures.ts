import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/lib/root.ts';
import { PICTURES } from '../support/e2e.ts';
import type { Theme, Workbench } from '../support/workbench/workbench.ts';
import { THEMES } from '../support/workbench/workbench.ts';

/**
 * For whoever wants to look: `PICTURES=1` leaves what a person sees in test-results, `UPDATE_PICTURES=1` renews the pictures
 * of the docs as well. Where nobody looks, no window changes its theme.
 */
const SOMEBODY_LOOKS = Boolean(process.env.PICTURES || process.env.UPDATE_PICTURES);

/** The window as it is. `name`: with its folder. */
export async function picture(window: Workbench, name: string): Promise<void> {
  if (SOMEBODY_LOOKS) await window.picture(join(PICTURES, `${name}.png`));
}

/** The window in each theme; `before` brings to light what a change of the theme has hidden. */
export async function pictures(window: Workbench, name: string, before?: () => Promise<void>): Promise<void> {
  if (!SOMEBODY_LOOKS) return;
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await window.theme(theme);
    await before?.();
    await picture(window, `${name}-${theme}`);
  }
}

const VIEWS = ['Experiments', 'Pipeline', 'Models', 'Endpoints', 'Monitors'];

/** The window with the views beside the panel. */
export async function readmePicture(window: Workbench, name: string): Promise<void> {
  if (!SOMEBODY_LOOKS) return;
  await window.showViews('Crisol');
  for (const view of VIEWS) {
    await window.tree(view).rows.first().waitFor();
    await window.tree(view).unfold();
  }
  await docsPicture(window, name);
}

/** The window in the light theme, for docs/images. */
export async function docsPicture(window: Workbench, name: string): Promise<void> {
  if (!SOMEBODY_LOOKS) return;
  await window.theme('light');
  // nothing is pointed at
  await window.page.mouse.move(0, 0);
  await window.page.locator('.workbench-hover:visible').waitFor({ state: 'hidden' });
  await picture(window, `readme/${name}`);
  if (process.env.UPDATE_PICTURES)
    cpSync(join(PICTURES, 'readme', `${name}.png`), join(ROOT, 'docs', 'images', `${name}.png`));
}

/** So many that the params, with what is told beside them, come into view. */
const LINES_ABOVE = 9;

/** The file with what stands above its steps and beside its values, one letter taken away, and the fix for that. */
export async function languagePicture(window: Workbench, yaml: string): Promise<void> {
  if (!SOMEBODY_LOOKS) return;
  const { text, page } = window;
  const param = '{{ params.epochs';
  const lines = yaml.slice(0, yaml.indexOf(param)).split('\n');
  // a change of the theme would close what is open then
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
