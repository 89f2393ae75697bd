import type { VNode } from 'preact';

const PATHS = {
  expand: 'M9.5 2.5h4v4m0-4-5 5M6.5 13.5h-4v-4m0 4 5-5',
  shrink: 'M13.5 2.5l-4 4m0-4v4h4M2.5 13.5l4-4m0 4v-4h-4',
  picture: 'M8 2.5v8m0 0-3-3m3 3 3-3M2.5 13.5h11',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M2.5 2.5v3h3',
  table: 'M2.5 3.5h11v9h-11Zm0 3h11m-11 3h11m-7-6v9',
} as const;

/** Drawn, not written: fonts lack such signs on some machines. */
export function Icon({ name }: { name: keyof typeof PATHS }): VNode {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} fill="none" stroke="currentColor" />
    </svg>
  );
}
