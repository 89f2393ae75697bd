import type { ElementHandle, Frame, Page } from 'playwright-core';
import { waitFor } from '../wait-for.ts';

/** Webviews: each is a frame in a frame, titled as its tab. */
export class Panels {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The content of the webview whose tab has this title; the only visible one when none is given. */
  open(title?: string | RegExp): Promise<Frame> {
    return waitFor(() => this.find(title), { what: `the panel ${title ?? ''}` });
  }

  private async find(title?: string | RegExp): Promise<Frame | undefined> {
    for (const frame of this.page.frames()) {
      const element = await frame.frameElement().catch(() => undefined);
      if (element && (await this.isContent(element, title)) && (await isShown(frame))) return frame;
    }
    return undefined;
  }

  private async isContent(element: ElementHandle, title?: string | RegExp): Promise<boolean> {
    if ((await element.getAttribute('id')) !== 'active-frame') return false;
    const own = (await element.getAttribute('title')) ?? '';
    return title === undefined || (typeof title === 'string' ? own === title : title.test(own));
  }
}

async function isShown(frame: Frame): Promise<boolean> {
  const outer = await frame.parentFrame()?.frameElement();
  return (await outer?.isVisible()) ?? false;
}
