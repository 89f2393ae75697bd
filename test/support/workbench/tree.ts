import type { Locator, Page } from 'playwright-core';

type Text = string | RegExp;

const MENU_WITHIN_MS = 6_000;

/** One view of the side bar, by the title that it shows. */
export class Tree {
  private readonly page: Page;
  readonly pane: Locator;
  readonly header: Locator;

  constructor(page: Page, view: string) {
    this.page = page;
    this.header = page.locator('.pane-header').filter({ has: page.getByRole('heading', { name: view, exact: true }) });
    this.pane = page.locator('.pane').filter({ has: this.header });
  }

  /** Opens the view if it is folded. */
  async unfold(): Promise<this> {
    await this.header.waitFor();
    if ((await this.header.getAttribute('aria-expanded')) === 'false') await this.header.click();
    return this;
  }

  get rows(): Locator {
    return this.pane.getByRole('treeitem');
  }

  /** The first row that contains the text (label, description or both). */
  row(text: Text): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  /** What the visible rows say: label, then description. */
  async texts(): Promise<string[]> {
    const parts = '.monaco-icon-name-container, .monaco-icon-description-container';
    const rows = await this.rows.all();
    return Promise.all(rows.map(async (row) => (await row.locator(parts).allInnerTexts()).join(' ').trim()));
  }

  /** What an empty view says instead. */
  get welcome(): Locator {
    return this.pane.locator('.welcome-view-content');
  }

  async click(text: Text): Promise<void> {
    await this.row(text).click();
  }

  async expand(text: Text): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    // a row that is drawn anew meanwhile is another element
    await row.and(this.page.locator('[aria-expanded="true"]')).waitFor();
  }

  /** Several rows at once, as with the control key held. */
  async select(...texts: Text[]): Promise<void> {
    for (const [index, text] of texts.entries()) {
      await this.row(text).click({ modifiers: index > 0 ? ['ControlOrMeta'] : [] });
    }
  }

  /** A button in the row, shown when the pointer is on it. */
  async inlineAction(text: Text, title: string): Promise<void> {
    await this.row(text).hover();
    await this.row(text).getByRole('button', { name: title }).click();
  }

  /**
   * An item of the row's context menu. VS Code closes a menu that loses the focus, which a panel takes once it is loaded and a
   * view when a redraw of it ends: whoever sees no menu asks for it again. One that stays open must have the item.
   */
  async contextAction(text: Text, item: string): Promise<void> {
    const menu = this.page.locator('.monaco-menu');
    for (let tries = 1; ; tries++) {
      await this.row(text).click({ button: 'right' });
      try {
        await this.page.getByRole('menuitem', { name: item }).hover({ timeout: MENU_WITHIN_MS });
        break;
      } catch (failure) {
        if (tries === 10 || (await menu.isVisible())) throw failure;
      }
    }
    await this.page.keyboard.press('Enter'); // a click is ignored while the menu is young
  }

  /** A button beside the view's title. */
  async titleAction(title: string): Promise<void> {
    await this.header.hover();
    await this.header.getByRole('button', { name: title }).click();
  }

  /** The tooltip of a row, as text. */
  async tooltip(text: Text): Promise<string> {
    await this.row(text).hover();
    const hover = this.page.locator('.monaco-hover:visible, .workbench-hover:visible').last();
    return hover.innerText();
  }
}
