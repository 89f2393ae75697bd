import type { Locator, Page } from 'playwright-core';

/** Messages in the corner, and the modal ones in the middle. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  message(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text }).first();
  }

  /** Waits for a message and gives back all that it says. */
  async text(text: string | RegExp): Promise<string> {
    return this.message(text).locator('.notification-list-item-message').innerText();
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await this.message(text).hover();
    await this.message(text).getByRole('button', { name: button }).click();
  }

  /** What a modal dialog says. */
  async dialog(): Promise<string> {
    return this.page.locator('.monaco-dialog-box').innerText();
  }

  async pressInDialog(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
  }
}
