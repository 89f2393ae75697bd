import { signal } from '@preact/signals';
import type { ThemeKind } from './palette.ts';
import { isHighContrast } from './palette.ts';

/** What a canvas needs to look like the editor around it: style sheets don't reach into it. */
export interface ChartTheme {
  kind: ThemeKind;
  foreground: string;
  muted: string;
  grid: string;
  background: string;
  fontFamily: string;
  fontSize: number;
}

/** Follows the editor: VS Code changes variables and classes of the page when another theme is chosen. */
export const theme = signal<ChartTheme>(readTheme());

new MutationObserver(() => {
  theme.value = readTheme();
}).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
new MutationObserver(() => {
  theme.value = readTheme();
}).observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });

const HIGH_CONTRAST_GRID = 'rgba(128, 128, 128, 0.5)';

function readTheme(): ChartTheme {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string, otherwise: string) => styles.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const foreground = read('foreground', '#808080');
  const kind = (document.body.dataset.vscodeThemeKind as ThemeKind | undefined) ?? 'vscode-dark';
  return {
    kind,
    foreground,
    muted: read('descriptionForeground', foreground),
    // high contrast draws guides as boldly as borders: among lines they look like one more
    grid: isHighContrast(kind) ? HIGH_CONTRAST_GRID : read('chart-guide', 'rgba(128, 128, 128, 0.25)'),
    background: read('editor-background', '#1f1f1f'),
    fontFamily: read('font-family', 'sans-serif'),
    fontSize: Number.parseFloat(read('font-size', '13')) - 2,
  };
}
