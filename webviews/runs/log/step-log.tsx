import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../../schemas/bytes-text.ts';
import type { FromRunsPanel } from '../../../schemas/panels/runs.ts';
import { styledOutput } from '../../../schemas/styled-output.ts';
import type { StepRun } from '../../../schemas/wire/pipelines.ts';
import type { Host } from '../../shared/host.ts';
import type { RunsLook } from '../look.ts';
import type { StepOutput } from '../state.ts';
import { LogView } from './log-view.tsx';
import type { LogWindow } from './window.ts';
import { hasText, linesOf, nextOf, startOf, wanted } from './window.ts';

export interface StepLogProps {
  step: StepRun;
  output: StepOutput | undefined;
  host: Host<FromRunsPanel, RunsLook>;
}

const AT_FIRST = { isAtEnd: true, isAtTop: false };

/** The output of a step: it is followed while one looks at its end, and what came before is read where one looks for it. */
export function StepLogView({ step, output, host }: StepLogProps): VNode {
  const [look, setLook] = useState(AT_FIRST);
  const window = output?.window;
  const lines = useMemo(
    () => (hasText(window) ? linesOf(window) : styledOutput(step.tail || 'No output.')),
    [window?.blocks, step.tail],
  );
  useEffect(() => {
    if (!look.isAtEnd) return;
    host.post({ type: 'runs/follow-log', step: step.name });
    return () => host.post({ type: 'runs/leave-log', step: step.name });
  }, [step.name, look.isAtEnd]);
  useReading(step.name, output, look, host);
  return (
    <LogView
      of={step.name}
      lines={lines}
      part={hasText(window) ? partOf(window) : null}
      onOpen={(file, line) => host.post({ type: 'runs/open-place', file, line })}
      onLook={({ isAtEnd, isAtTop }) => {
        if (isAtEnd !== look.isAtEnd || isAtTop !== look.isAtTop) setLook({ isAtEnd, isAtTop });
      }}
    />
  );
}

/** One page at a time, and none twice until there is more to be read. */
function useReading(
  step: string,
  output: StepOutput | undefined,
  look: typeof AT_FIRST,
  host: StepLogProps['host'],
): void {
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
  return `${start > 0 && next === window.bytes ? 'the last ' : ''}${formatBytes(next - start)} of ${formatBytes(window.bytes)}`;
}
