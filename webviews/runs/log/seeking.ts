import { useEffect, useState } from 'preact/hooks';
import type { FromRunsPanel } from '../../../schemas/panels/runs.ts';
import type { Host } from '../../shared/host.ts';
import type { RunsLook } from '../look.ts';
import type { StepOutput } from '../state.ts';
import type { Direction, Hunt } from './hunt.ts';
import { after, huntFor, questionOf } from './hunt.ts';
import type { LogWindow } from './window.ts';
import { holds, lookedThrough } from './window.ts';

/** The search in all of an output but what the panel holds. */
export interface Seeking {
  /** `given-up`: an answer could not be had; undefined: none was begun, or it was stopped */
  state: 'searching' | 'found' | 'not-found' | 'given-up' | undefined;
  share: number;
  direction: Direction | undefined;
  /** it was looked through as it is now: these words are nowhere but here */
  isNowhereElse(words: string): boolean;
  /** `isLastFound`: the last line that is here has the words */
  seek(words: string, direction: Direction, isLastFound: boolean): void;
  stop(): void;
}

interface Asked {
  id: number;
  hunt: Hunt;
  window: LogWindow;
  end?: 'not-found' | 'given-up';
  /** it was found, and after so many answers one is there */
  there?: number;
}

/** No two questions of a panel have the same. */
let lastId = 0;

export function useSeeking(step: string, output: StepOutput | undefined, host: Host<FromRunsPanel, RunsLook>): Seeking {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { window, finding, answers = 0 } = output ?? {};
  const ask = (hunt: Hunt, window: LogWindow) => {
    const search = questionOf(hunt);
    const id = ++lastId;
    setAsked({ id, hunt, window, ...(search ? {} : { end: 'not-found' }) });
    if (search) host.post({ type: 'runs/search-log', step, id, search });
  };
  useEffect(() => {
    if (!asked || finding?.id !== asked.id) return;
    const { finding: found } = finding;
    if (!found) setAsked({ ...asked, end: 'given-up' });
    else if (found.line === null) ask(after(asked.hunt, found), asked.window);
    else {
      setAsked({ ...asked, there: answers + 1 });
      host.post({ type: 'runs/read-log', step, place: { offset: found.line, attempt: found.attempt }, to: 'found' });
    }
  }, [finding]);
  const state = stateOf(asked, answers);
  return {
    state,
    share: asked?.hunt.share ?? 0,
    direction: asked?.hunt.direction,
    isNowhereElse: (words) =>
      state === 'not-found' && asked?.hunt.words === words && window !== undefined && holds(window, asked.window),
    seek: (words, direction, isLastFound) => {
      if (window) ask(huntFor(words, direction, window.attempt, lookedThrough(window, isLastFound)), window);
    },
    stop: () => setAsked(null),
  };
}

function stateOf(asked: Asked | null, answers: number): Seeking['state'] {
  if (!asked) return undefined;
  if (asked.there !== undefined && answers >= asked.there) return 'found';
  return asked.end ?? 'searching';
}
