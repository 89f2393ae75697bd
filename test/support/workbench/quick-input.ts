import type { Locator, Page } from 'playwright-core';

const OPENS_WITHIN_MS = 60_000;
const APPEARS_WITHIN_MS = 4_000;
const STEP_WITHIN_MS = 15_000;

/** The box at the top: command palette, file search, quick picks and inputs of extensions. */
export class QuickInput {
  private readonly page: Page;
  readonly box: Locator;
  readonly input: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.locator('.quick-input-widget:visible');
    this.input = this.box.locator('input[type="text"]:visible');
    this.rows = this.box.locator('.quick-input-list .monaco-list-row');
  }

  /** Runs a command by its full title, as in the palette. */
  async run(title: string): Promise<void> {
    const row = this.rows.filter({ hasText: title }).first();
    await this.open(`>${title}`, () => row.click({ timeout: APPEARS_WITHIN_MS }));
  }

  /** Opens a file of the folder, at a place if one is given. */
  async openFile(path: string, line?: number, column = 1): Promise<void> {
    const row = this.rows.filter({ hasText: path.split('/').pop() ?? path }).first();
    await this.open(path + (line ? `:${line}:${column}` : ''), () => row.waitFor({ timeout: APPEARS_WITHIN_MS }));
    await this.page.keyboard.press('Enter');
    await this.box.waitFor({ state: 'hidden' });
    // keys that come before the editor has the focus are lost
    await this.page.locator('.monaco-editor.focused').waitFor();
    if (line) await this.page.getByText(`Ln ${line}, Col ${column}`).waitFor();
  }

  /** The titles of the commands that the palette offers for a text. */
  async commands(text: string): Promise<string[]> {
    await this.open(`>${text}`, () => this.rows.first().waitFor({ timeout: APPEARS_WITHIN_MS }));
    const titles = await this.texts();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /** In the box that an extension shows: picks the row with that text. */
  async pick(text: string | RegExp): Promise<void> {
    await this.rows.filter({ hasText: text }).first().click({ timeout: STEP_WITHIN_MS });
  }

  /** In the box that an extension shows: presses one of its buttons. */
  async press(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button }).click({ timeout: STEP_WITHIN_MS });
  }

  /** In the box that an extension shows: writes a text, and leaves it there. */
  async type(text: string): Promise<void> {
    await this.input.fill(text, { timeout: STEP_WITHIN_MS });
  }

  /** In the box that an extension shows: answers with a text. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.page.keyboard.press('Enter');
  }

  /**
   * What is opened and gone through in one go. VS Code closes such a box when it loses the focus, and a view that was just
   * drawn anew takes it: whoever sees that opens the box again.
   */
  async through(open: () => Promise<void>, steps: (box: QuickInput) => Promise<void>): Promise<void> {
    const end = Date.now() + OPENS_WITHIN_MS;
    for (;;) {
      await open();
      try {
        await steps(this);
        return;
      } catch (failure) {
        if (Date.now() > end || (await this.box.isVisible())) throw failure;
      }
    }
  }

  async texts(): Promise<string[]> {
    await this.rows.first().waitFor();
    const texts = await this.rows.allInnerTexts();
    return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /**
   * The first key stroke after a load can get lost, commands are registered late, and a file that is just opened takes the
   * focus, which closes the box: escape and try again.
   */
  private async open(text: string, use: () => Promise<void>): Promise<void> {
    const end = Date.now() + OPENS_WITHIN_MS;
    for (;;) {
      try {
        await this.page.keyboard.press('F1');
        await this.input.fill(text, { timeout: APPEARS_WITHIN_MS });
        await use();
        return;
      } catch (failure) {
        if (Date.now() > end) throw failure;
        await this.page.keyboard.press('Escape');
      }
    }
  }
}
