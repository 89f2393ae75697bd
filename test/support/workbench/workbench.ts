import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { unnamed } from './accessibility.ts';
import { Notifications } from './notifications.ts';
import { Panels } from './panels.ts';
import { QuickInput } from './quick-input.ts';
import { TextEditor } from './text-editor.ts';
import { Tree } from './tree.ts';

/** The name of each theme, and the class that a window has with it. */
export const THEMES = {
  light: { name: 'Light 2026', class: 'vs' },
  dark: { name: 'Dark 2026', class: 'vs-dark' },
  'high contrast': { name: 'Default High Contrast', class: 'hc-black' },
} as const;

export type Theme = keyof typeof THEMES;

/** A window of VS Code, as a person uses it. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly panels: Panels;
  readonly text: TextEditor;

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.panels = new Panels(page);
    this.text = new TextEditor(page);
  }

  /** Waits until the window is drawn and has its extensions. */
  async ready(): Promise<this> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
    await this.page.locator('.activitybar [role="tab"]').first().waitFor();
    return this;
  }

  run(command: string): Promise<void> {
    return this.quickInput.run(command);
  }

  /** Shows a group of views by its title in the activity bar. */
  async showViews(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    const shown = this.page.locator('.part.sidebar .title-label').getByText(title, { exact: true });
    await tab.waitFor();
    // a click while the window still opens may close what it has just opened
    for (let tries = 1; !(await shown.isVisible()); tries++) {
      await tab.click();
      await shown.waitFor({ timeout: 4000 }).catch((failure) => {
        if (tries === 10) throw failure;
      });
    }
  }

  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name: title });
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** The messages of the Problems view. */
  async problems(): Promise<string[]> {
    const view = this.page.locator('.markers-panel-container');
    // while the window still opens the command may be heard and come to nothing
    for (let tries = 1; !(await view.isVisible()); tries++) {
      await this.run('Problems: Focus on Problems View');
      await view.waitFor({ timeout: 4000 }).catch((failure) => {
        if (tries === 10) throw failure;
      });
    }
    return view.locator('[role="treeitem"]').allInnerTexts();
  }

  /** Trusts the folder, from its restricted mode. */
  async trust(): Promise<void> {
    await this.statusItem('Restricted Mode').click();
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await this.page.keyboard.press('Escape');
    await this.statusItem('Restricted Mode').waitFor({ state: 'hidden' });
  }

  async theme(theme: Theme): Promise<void> {
    const { name, class: className } = THEMES[theme];
    const themed = this.page.locator(`.monaco-workbench.${className}`);
    if (await themed.isVisible()) return;
    await this.run('Preferences: Color Theme');
    await this.quickInput.input.fill(name);
    await this.quickInput.rows
      .filter({ hasText: name.replace('Default ', '') })
      .first()
      .click();
    await themed.waitFor();
  }

  async picture(file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }

  /** Controls and pictures of a panel that a screen reader could not name. */
  unnamed(panel: Frame): Promise<string[]> {
    return unnamed(panel.locator('body'));
  }
}
