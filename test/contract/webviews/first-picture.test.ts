import { expect } from 'vitest';
import { test } from './panels.ts';
import { states } from './states.ts';

const state = states.find(({ name }) => name === 'runs: one');

test('the first picture of what a panel holds is as the later ones: nothing waits for its looks', async ({ open }) => {
  if (!state) throw new Error('there is no such state');
  const { page } = await open(state);
  const [first, later] = await page.evaluate(async (messages) => {
    const looks = () =>
      [...document.querySelectorAll('vscode-button, vscode-dropdown, vscode-checkbox, vscode-text-field')]
        .map((element) => `${element.outerHTML} ${(element.shadowRoot ?? element).textContent} ${colorOf(element)}`)
        .join('\n');
    const colorOf = (element: Element) =>
      getComputedStyle(element.shadowRoot?.querySelector('button') ?? element).backgroundColor;
    // runs after the panel's own work in the same frame, right before that is painted
    const painted = () => new Promise<string>((resolve) => requestAnimationFrame(() => resolve(looks())));
    const told = new Promise<string>((resolve) => {
      window.addEventListener('message', () => void painted().then(resolve), { once: true });
    });
    for (const message of messages) window.postMessage(message);
    const atFirst = await told;
    await painted();
    await painted();
    return [atFirst, looks()];
  }, state.messages);
  expect(first).toContain('vscode-button');
  expect(first).toBe(later);
});
