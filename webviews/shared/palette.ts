/** The four looks of VS Code, as its webviews name them. */
export type ThemeKind = 'vscode-light' | 'vscode-dark' | 'vscode-high-contrast' | 'vscode-high-contrast-light';

export interface LineStyle {
  colour: string;
  /** pattern of strokes and gaps: lines can be told apart without seeing colours */
  dash: number[];
  marker: 'circle' | 'rect' | 'triangle' | 'rectRot' | 'crossRot' | 'star';
}

// After Okabe and Ito, whose colours stay apart for the colour-blind; shaded until each is clear on its background.
const ON_LIGHT = ['#0072b2', '#c24e00', '#007a5a', '#a5417e', '#7a6200', '#5b4fc0', '#3d3d3d', '#a33333'];
const ON_DARK = ['#56b4e9', '#f0a000', '#2fc59b', '#e08abf', '#f0e442', '#a99bff', '#d0d0d0', '#ff8a65'];

const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2]];
const MARKERS: LineStyle['marker'][] = ['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'star'];

export function isDark(kind: ThemeKind): boolean {
  return kind === 'vscode-dark' || kind === 'vscode-high-contrast';
}

export function isHighContrast(kind: ThemeKind): boolean {
  return kind === 'vscode-high-contrast' || kind === 'vscode-high-contrast-light';
}

/** The look of the n-th line: no two of the first forty are alike. */
export function lineStyle(index: number, kind: ThemeKind): LineStyle {
  return {
    colour: pick(isDark(kind) ? ON_DARK : ON_LIGHT, index),
    dash: pick(DASHES, index),
    marker: pick(MARKERS, index),
  };
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
