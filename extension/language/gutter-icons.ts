import type { WorkState } from '../../schemas/wire/common.ts';

/** Shapes of their own, so that no colour has to be told from another; drawn on 16 × 16. */
const SHAPES: Record<WorkState, string> = {
  pending: '<circle cx="8" cy="8" r="4" fill="none" stroke="#" stroke-width="1.5"/>',
  running: '<path d="M5 3.5v9l7.5-4.5z" fill="#"/>',
  succeeded: '<path d="M3 8.5l3.5 3.5 6.5-8" fill="none" stroke="#" stroke-width="2"/>',
  failed: '<path d="M4 4l8 8m0-8-8 8" fill="none" stroke="#" stroke-width="2"/>',
  cancelled:
    '<path d="M4.5 11.5l7-7" stroke="#" stroke-width="1.5"/><circle cx="8" cy="8" r="5" fill="none" stroke="#" stroke-width="1.5"/>',
  skipped: '<path d="M3 10c1-5 8-5 9.5-1m0-4v4h-4" fill="none" stroke="#" stroke-width="1.5"/>',
};

const GREYS: Colours = { light: '#6a6a6a', dark: '#a0a0a0' };
const COLOURS: Record<WorkState, Colours> = {
  pending: GREYS,
  running: { light: '#005fb8', dark: '#59a4f9' },
  succeeded: { light: '#388a34', dark: '#89d185' },
  failed: { light: '#c72e0f', dark: '#f14c4c' },
  cancelled: GREYS,
  skipped: GREYS,
};

type Colours = { light: string; dark: string };

/** An address that holds the picture itself: the editor's margin takes no colours of the theme. */
export function gutterIcon(state: WorkState, on: keyof Colours): string {
  const shape = SHAPES[state].replaceAll('#', COLOURS[state][on]);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${shape}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
