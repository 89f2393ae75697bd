import type { Column } from '../view/columns.ts';

export const ROW_HEIGHT = 24;
/** Lines above and below what is seen that are drawn, too: scrolling shows them before the next picture is made. */
const BEYOND = 12;

/** What of the table is drawn. */
export interface Window {
  firstLine: number;
  lastLine: number;
  /** of those columns that scroll */
  firstColumn: number;
  lastColumn: number;
}

export interface Place {
  top: number;
  left: number;
  width: number;
  height: number;
}

export function windowOf(place: Place, lines: number, columns: readonly Column[]): Window {
  const first = Math.floor(place.top / ROW_HEIGHT) - BEYOND;
  const last = Math.ceil((place.top + place.height) / ROW_HEIGHT) + BEYOND;
  const loose = columns.filter(({ pinned }) => !pinned);
  const start = loose[0]?.left ?? 0;
  const right = place.left + place.width;
  const firstSeen = loose.findIndex(({ left, width }) => left + width > place.left + start);
  const firstBeyond = loose.findIndex(({ left }) => left > right);
  return {
    firstLine: Math.max(0, Math.min(first, lines - 1)),
    lastLine: Math.max(0, Math.min(lines, last)),
    firstColumn: Math.max(0, firstSeen),
    lastColumn: firstBeyond < 0 ? loose.length : firstBeyond,
  };
}

export function sameWindow(a: Window, b: Window): boolean {
  return (
    a.firstLine === b.firstLine &&
    a.lastLine === b.lastLine &&
    a.firstColumn === b.firstColumn &&
    a.lastColumn === b.lastColumn
  );
}
