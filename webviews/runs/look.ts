import type { XAxis } from '../shared/chart/lines.ts';

/** How a person arranged the panel. */
export interface RunsLook {
  tab: string;
  filter: string;
  x: XAxis;
  smoothing: number;
  logarithmic: boolean;
  onlyDifferences: boolean;
  /** the metric that is drawn large */
  large: string | null;
}

export const DEFAULT_LOOK: RunsLook = {
  tab: 'charts',
  filter: '',
  x: 'step',
  smoothing: 0,
  logarithmic: false,
  onlyDifferences: false,
  large: null,
};
