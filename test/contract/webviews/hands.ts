import type { WebviewPreview } from '../../support/webview-preview.ts';

/** Drags from one place of an element to another, both in shares of its size. */
export async function drag(
  { page }: WebviewPreview,
  selector: string,
  from: [number, number],
  to: [number, number],
): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not there`);
  const at = ([x, y]: [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}
