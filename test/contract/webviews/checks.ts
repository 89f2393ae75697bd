import type { WebviewPreview } from '../../support/webview-preview.ts';
import { unnamed } from '../../support/workbench/accessibility.ts';

/** The scripts that look into every frame are kept out of one without powers, as all are. */
const KEPT_OUT = "Blocked script execution in 'about:srcdoc'";

/** What is wrong with the page as it stands, in words; nothing if it is fit for everybody. */
export async function faults(preview: WebviewPreview): Promise<string[]> {
  return [
    ...(await visibleFaults(preview)),
    ...(await namelessControls(preview)),
    ...(await unnamed(preview.page.locator('body'))),
  ];
}

/** What may differ from theme to theme. */
export async function visibleFaults({ page, complaints }: WebviewPreview): Promise<string[]> {
  return [
    ...complaints.filter((line) => !line.startsWith(KEPT_OUT)),
    ...(await page.evaluate(findFaults)),
    ...(await page.evaluate(findOverrun)),
  ];
}

/** What the toolkit says when it was told nothing. */
const UNNAMED = new Set(['', 'Text field', 'Text area', 'Checkbox']);

/** Asks the browser's own accessibility tree: what can have the focus must say what it is. */
async function namelessControls({ page }: WebviewPreview): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter((node) => !node.ignored && node.role?.value !== 'RootWebArea')
    .filter((node) => node.properties?.some(({ name, value }) => name === 'focusable' && value.value === true))
    .filter((node) => UNNAMED.has(String(node.name?.value ?? '').trim()))
    .map((node) => `a ${node.role?.value} has no name`);
}

/** Runs in the page. */
function findFaults(): string[] {
  const found: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`wider than the window: ${scrollWidth} > ${innerWidth}`);
  if (document.querySelectorAll('h1').length > 1) found.push('more than one h1');
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) found.push(`an id is there twice: ${ids.join(' ')}`);
  for (const canvas of document.querySelectorAll('canvas')) {
    if (!canvas.getAttribute('aria-label')) found.push('a chart has no label');
  }
  return document.querySelector('.away') ? found : [...found, ...paleTexts()]; // that is greyed on purpose

  function paleTexts(): string[] {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const pale = new Set<string>();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim();
      if (!text || !element?.checkVisibility() || element.closest('[disabled], [aria-hidden="true"], .unseen'))
        continue;
      const ratio = contrast(colour(getComputedStyle(element).color), background(element));
      if (ratio < 4.5) pale.add(`“${text.slice(0, 40)}” has a contrast of ${ratio.toFixed(1)}`);
    }
    return [...pale];
  }

  function background(element: Element | null): number[] {
    const layers: number[][] = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((under, over) => blend(over, under), [255, 255, 255, 1]);
  }

  function blend(over: number[], under: number[]): number[] {
    const alpha = over[3] ?? 1;
    return [0, 1, 2].map((at) => (over[at] ?? 0) * alpha + (under[at] ?? 0) * (1 - alpha)).concat(1);
  }

  function contrast(text: number[], behind: number[]): number {
    const [light = 0, dark = 0] = [luminance(blend(text, behind)), luminance(behind)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(rgb: number[]): number {
    const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function colour(css: string): number[] {
    const most = css.startsWith('color(') ? 255 : 1; // what is mixed is told in shares
    const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [red * most, green * most, blue * most, alpha];
  }
}

/** Runs in the page: in tables, what does not stay within its cell. */
function findOverrun(): string[] {
  const cells = [...document.querySelectorAll('th, td')].filter((cell) => cell.checkVisibility());
  return cells
    .filter((cell) => getComputedStyle(cell).overflowX === 'visible' && cell.scrollWidth > cell.clientWidth + 1)
    .map(({ textContent }) => `“${textContent?.slice(0, 40)}” runs over the cell beside it`);
}
