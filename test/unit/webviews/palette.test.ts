import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ThemeKind } from '../../../webviews/shared/palette.ts';
import { lineStyle } from '../../../webviews/shared/palette.ts';

const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

describe.each(THEMES)('lines in the theme %s', (name) => {
  const theme: { kind: ThemeKind; variables: Record<string, string> } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures/themes', `${name}.json`), 'utf8'),
  );

  test('are clear on the background of the editor (3 to 1 and more)', () => {
    const background = theme.variables['--vscode-editor-background'] ?? '';
    for (let at = 0; at < 8; at++) {
      const { colour } = lineStyle(at, theme.kind);
      expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(3);
    }
  });

  test('differ from each other by more than their colour', () => {
    const styles = Array.from({ length: 40 }, (_, at) => lineStyle(at, theme.kind));
    expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(40);
    const withoutColour = styles.slice(0, 30).map(({ dash, marker }) => `${dash} ${marker}`);
    expect(new Set(withoutColour).size).toBe(30);
  });
});

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
