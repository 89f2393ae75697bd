import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../../schemas/bytes-text.ts';
import type { FromRunsPanel } from '../../../schemas/panels/runs.ts';
import { styledOutput } from '../../../schemas/styled-output.ts';
import type { Host } from '../../shared/host.ts';
import type { RunsLook } from '../look.ts';
import type { StepOutput } from '../state.ts';
import { LogView } from './log-view.tsx';
import { useSeeking } from './seeking.ts';
import type { LogWindow, Looking } from './window.ts';
import { hasText, linesOf, nextOf, startOf, TAIL_BYTES, wanted } from './window.ts';

export interface StepLogProps {
  /** whose output: the step's, or one of its folds' */
  of: string;
  /** how it ended, where nothing is left to be read */
  tail: string | undefined;
  output: StepOutput | undefined;
  host: Host<FromRunsPanel, RunsLook>;
}

const AT_FIRST: Looking = { isAtEnd: true, isAtTop: false, isSearched: false };

/** The output of a step: it is followed while one looks at its end, and what came before is read where one looks for it. */
export function StepLogView({ of, tail, output, host }: StepLogProps): VNode {
  const [look, setLook] = useState(AT_FIRST);
  const window = output?.window;
  const lines = useMemo(
    () => (hasText(window) ? linesOf(window) : styledOutput(tail || 'No output.')),
    [window?.blocks, tail],
  );
  useEffect(() => {
    if (!look.isAtEnd) return;
    host.post({ type: 'runs/follow-log', step: of });
    return () => host.post({ type: 'runs/leave-log', step: of });
  }, [of, look.isAtEnd]);
  useReading(of, output, look, host);
  const seeking = useSeeking(of, output, host);
  return (
    <LogView
      of={of}
      lines={lines}
      part={hasText(window) ? partOf(window) : null}
      bytes={window?.bytes ?? 0}
      more={{ above: hasText(window) && startOf(window) > 0, below: window?.isCut ?? false }}
      moved={output?.moved}
      seeking={seeking}
      onSearch={(isSearched) => setLook((before) => ({ ...before, isSearched }))}
      onOpen={(file, line) => host.post({ type: 'runs/open-place', file, line })}
      onLook={({ isAtEnd, isAtTop }) => {
        if (isAtEnd !== look.isAtEnd || isAtTop !== look.isAtTop)
          setLook((before) => ({ ...before, isAtEnd, isAtTop }));
      }}
      onMove={(to) => {
        const offset = to === 'start' ? 0 : -TAIL_BYTES;
        host.post({ type: 'runs/read-log', step: of, place: { offset, attempt: window?.attempt }, to });
      }}
    />
  );
}

/** One page at a time, and none twice until there is more to be read. */
function useReading(step: string, output: StepOutput | undefined, look: Looking, host: StepLogProps['host']): void {
  const asked = useRef({ page: '', bytes: -1, answers: -1 });
  const { window, answers = 0 } = output ?? {};
  const place = wanted(window, look);
  const page = place ? JSON.stringify(place) : '';
  const bytes = window?.bytes ?? 0;
  useEffect(() => {
    const { current } = asked;
    if (!place || current.answers === answers || (current.page === page && current.bytes === bytes)) return;
    asked.current = { page, bytes, answers };
    host.post({ type: 'runs/read-log', step, place });
  }, [page, bytes, answers]);
}

function partOf(window: LogWindow): string | null {
  const [start, next] = [startOf(window), nextOf(window)];
  if (start === 0 && next === window.bytes) return null;
  return `${start > 0 && next === window.bytes ? 'the last' : 'these'} ${formatBytes(next - start)} of ${formatBytes(window.bytes)}`;
}
