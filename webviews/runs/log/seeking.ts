import { useEffect, useState } from 'preact/hooks';
import type { FromRunsPanel, LogSearchState } from '../../../schemas/panels/runs.ts';
import type { Host } from '../../shared/host.ts';
import type { RunsLook } from '../look.ts';
import type { StepOutput } from '../state.ts';
import type { LogWindow } from './window.ts';
import { holds, lookedThrough } from './window.ts';

export type Direction = 'forward' | 'backward';

/** The search in all of an output but what the panel holds. */
export interface Seeking {
  /** of the last words; undefined: none were sought, or it was stopped */
  state: LogSearchState['state'] | undefined;
  share: number;
  direction: Direction;
  /** it was looked through as it is now: these words are nowhere but here */
  isNowhereElse(words: string): boolean;
  /** `isLastFound`: the last line that is here has the words */
  seek(words: string, direction: Direction, isLastFound: boolean): void;
  stop(): void;
}

interface Asked {
  id: number;
  words: string;
  direction: Direction;
  window: LogWindow;
}

let lastId = 0;

export function useSeeking(step: string, output: StepOutput | undefined, host: Host<FromRunsPanel, RunsLook>): Seeking {
  const [asked, setAsked] = useState<Asked | null>(null);
  const window = output?.window;
  const known = output?.search?.id === asked?.id ? output?.search : undefined;
  const state = asked ? (known?.state ?? 'searching') : undefined;
  useEffect(() => {
    if (state === 'searching') return () => host.post({ type: 'runs/stop-search' });
  }, [state]);
  return {
    state,
    share: known?.share ?? 0,
    direction: asked?.direction ?? 'forward',
    isNowhereElse: (words) =>
      state === 'not-found' && asked?.words === words && window !== undefined && holds(window, asked.window),
    seek: (words, direction, isLastFound) => {
      if (!window) return;
      const id = ++lastId;
      setAsked({ id, words, direction, window });
      const wanted = { id, words, direction, ...lookedThrough(window, isLastFound), attempt: window.attempt };
      host.post({ type: 'runs/search-log', step, wanted });
    },
    stop: () => setAsked(null),
  };
}
