/** How a person arranged the panel. */
export interface PipelineLook {
  as: 'graph' | 'table';
  /** null: each step as it last went, and the newest run as it goes */
  run: string | null;
  /** steps whose variants are spread */
  spread: string[];
  /** the step of which the details are shown */
  chosen: string | null;
  /** null: as it fits best */
  scale: number | null;
}

export const DEFAULT_LOOK: PipelineLook = { as: 'graph', run: null, spread: [], chosen: null, scale: null };
