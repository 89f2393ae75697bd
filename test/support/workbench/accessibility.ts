import type { Locator } from 'playwright-core';

/** What a person without a screen must be able to name. */
const NEEDS_NAME =
  'button checkbox combobox grid img link listbox menuitem radio searchbox slider spinbutton switch tab table textbox tree treeitem';

const UNNAMED = new RegExp(`^\\s*- (${NEEDS_NAME.replaceAll(' ', '|')})(?! ")\\b`);

/** Controls and pictures that have no accessible name, each with the line of the accessible tree before it. */
export async function unnamed(area: Locator): Promise<string[]> {
  const lines = (await area.ariaSnapshot()).split('\n');
  return lines.flatMap((line, index) =>
    UNNAMED.test(line) ? [`${line.trim()} (after ${lines[index - 1]?.trim()})`] : [],
  );
}
