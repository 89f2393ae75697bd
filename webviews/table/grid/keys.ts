/** The cell that the keyboard is in; the heads are line -1, and the marks column 0. */
export interface Spot {
  line: number;
  column: number;
}

export const HEAD = -1;

export interface Bounds {
  lines: number;
  columns: number;
  /** lines that fit */
  page: number;
}

/** Where a key leads; null when it leads nowhere. */
export function spotAfter(key: string, far: boolean, { line, column }: Spot, bounds: Bounds): Spot | null {
  const lines = (to: number) => ({ line: clamp(to, HEAD, bounds.lines - 1), column });
  const columns = (to: number) => ({ line, column: clamp(to, 0, bounds.columns - 1) });
  switch (key) {
    case 'ArrowUp':
      return lines(line - 1);
    case 'ArrowDown':
      return lines(line + 1);
    case 'ArrowLeft':
      return columns(column - 1);
    case 'ArrowRight':
      return columns(column + 1);
    case 'PageUp':
      return lines(Math.max(0, line - bounds.page));
    case 'PageDown':
      return lines(line + bounds.page);
    case 'Home':
      return far ? { line: 0, column: 0 } : columns(0);
    case 'End':
      return far ? { line: bounds.lines - 1, column: bounds.columns - 1 } : columns(bounds.columns - 1);
    default:
      return null;
  }
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.max(least, Math.min(greatest, value));
}
