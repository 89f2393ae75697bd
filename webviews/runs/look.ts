import type { XAxis } from '../shared/chart/lines.ts';

/** How a person arranged the panel. */
export interface RunsLook {
  /** null until one is chosen: then the panel starts with what matters */
  tab: string | null;
  filter: string;
  x: XAxis;
  smoothing: number;
  logarithmic: boolean;
  /** the metric that is drawn large */
  large: string | null;
  /** folders of artifacts, by path */
  openFolders: string[];
  /** the file that is looked at */
  artifact: string | null;
}

export const DEFAULT_LOOK: RunsLook = {
  tab: null,
  filter: '',
  x: 'step',
  smoothing: 0,
  logarithmic: false,
  large: null,
  openFolders: [],
  artifact: null,
};
