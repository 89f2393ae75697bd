import { expect } from 'vitest';
import { unnamed } from '../../support/workbench/accessibility.ts';
import { test } from './panels.ts';

// the check that every panel has to pass
test('what a screen reader could not name is found', async ({ context }) => {
  const page = await context.newPage();
  await page.setContent('<h1>A panel</h1><button>Named</button><button></button><canvas role="img"></canvas>');
  expect(await unnamed(page.locator('body'))).toEqual(['- button (after - button "Named")', '- img (after - button)']);
});
