import type { Overlap } from '../../schemas/language/trigger-model.ts';
import type { Firing } from '../../schemas/wire/triggers.ts';
import type { TriggeredStart } from './ports.ts';

/** What is known of a trigger besides what crisol.yaml says. */
export interface Memory {
  /** the times of a schedule are dealt with up to then */
  seen: number | null;
  /** what a dataset or a monitor was like */
  content: string | null;
  pausedAt: number | null;
}

export const NO_MEMORY: Memory = { seen: null, content: null, pausedAt: null };

/** All that is needed to begin its run, whatever crisol.yaml says by then. */
export interface Wanted extends Pick<TriggeredStart, 'steps' | 'params'> {
  cause: { kind: TriggeredStart['cause']['kind']; name: string };
  overlap: Overlap;
}

/** One occasion, and what became of it. `id` names it: there is one for each. */
export interface KeptFiring {
  /** of the trigger */
  key: string;
  told: Firing;
  wanted: Wanted;
}

/** Something is still to come of it. */
export const isOpen = ({ told }: KeptFiring): boolean => told.state === 'waiting' || told.state === 'running';
