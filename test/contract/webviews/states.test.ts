import { describe, expect } from 'vitest';
import { THEME_NAMES } from '../../support/webview-preview.ts';
import { faults, visibleFaults } from './checks.ts';
import { test } from './panels.ts';
import { states } from './states.ts';

describe('each panel in each state', () => {
  for (const state of states) {
    test(`${state.name}: fits, can be read and reached, in every theme and width`, async ({ open }) => {
      const preview = await open(state);
      await preview.say(...state.messages);
      await state.act?.(preview);
      for (const theme of THEME_NAMES) {
        await preview.changeTheme(theme);
        expect(await visibleFaults(preview), theme).toEqual([]);
      }
      for (const width of [400, 1600]) {
        await preview.page.setViewportSize({ width, height: 800 });
        // charts follow when the browser comes to it
        await expect.poll(() => faults(preview), { message: `${width} px` }).toEqual([]);
      }
    });
  }
});
