import type { Locator, Page } from 'playwright-core';

/** The text editor that has the focus. */
export class TextEditor {
  private readonly page: Page;
  readonly area: Locator;

  constructor(page: Page) {
    this.page = page;
    this.area = page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Types as a person does: completion, indentation and closing brackets answer. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 10 });
  }

  /** Replaces the whole text at once. */
  async replaceAll(text: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  async focus(): Promise<void> {
    await this.area.locator('.view-lines').click();
  }

  /** Saves what was changed. */
  async save(): Promise<void> {
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Underlined places. */
  squiggles(kind: 'error' | 'warning' | 'info' = 'error'): Locator {
    return this.area.locator(`.squiggly-${kind}`);
  }

  get codeLenses(): Locator {
    return this.area.locator('.codelens-decoration a');
  }

  get inlayHints(): Locator {
    return this.area.locator('[class*="inlayHint"], [class*="dyn-rule"]');
  }

  /** What is shown for the word at the cursor. */
  async hover(): Promise<string> {
    await this.page.keyboard.press('ControlOrMeta+K');
    await this.page.keyboard.press('ControlOrMeta+I');
    return this.page.locator('.monaco-hover:visible .monaco-hover-content').first().innerText();
  }

  /** What is offered at the cursor. */
  async completions(): Promise<string[]> {
    await this.page.keyboard.press('Control+Space');
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** The fixes offered at the cursor; chooses one when it is named. */
  async quickFixes(choose?: string): Promise<string[]> {
    const rows = await this.openQuickFixes();
    const titles = await rows.allInnerTexts();
    if (choose) await rows.filter({ hasText: choose }).first().click();
    else await this.page.keyboard.press('Escape');
    return titles.map((title) => title.trim());
  }

  async openQuickFixes(): Promise<Locator> {
    const rows = this.page.locator('.action-widget .action-list-item.action, .action-widget [role="option"]');
    // VS Code closes the list when diagnostics change while it opens: a person asks again
    for (let left = 3; left > 0 && !(await rows.first().isVisible()); left--) {
      await this.page.keyboard.press('ControlOrMeta+.');
      await rows
        .first()
        .waitFor({ timeout: 10_000 })
        .catch((failure: unknown) => {
          if (left === 1) throw failure;
        });
    }
    return rows;
  }

  /** Puts the cursor there; lines and columns count from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget:visible input');
    await input.fill(`:${line}:${column}`);
    await input.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }
}
