import type { VNode } from 'preact';
import { formatDuration } from '../../../schemas/duration.ts';
import { foldName, shownFolds } from '../../../schemas/pipelines/folds.ts';
import type { StandingStep } from '../../../schemas/pipelines/standing.ts';
import type { FoldRun } from '../../../schemas/wire/pipelines.ts';
import { formatCount } from '../../shared/format.ts';
import { WorkStateMark } from '../../shared/work-state.tsx';
import type { PipelineContext } from '../context.ts';

/** Of a step that is cross-validated: how each fold stands; a click opens what it printed. */
export function Folds({ step, context }: { step: StandingStep; context: PipelineContext }): VNode | null {
  const { name, last, lastIn } = step;
  const { shown, more } = shownFolds(last?.folds);
  if (shown.length === 0) return null;
  return (
    <section aria-label="Folds">
      <h3>Folds</h3>
      <ul>
        {shown.map((fold) => (
          <li key={fold.number}>
            <Fold step={name} fold={fold} runId={lastIn?.run_id} context={context} />
          </li>
        ))}
        {more > 0 ? <li class="muted">{formatCount(more, 'more', 'more')}</li> : null}
      </ul>
    </section>
  );
}

interface FoldProps {
  step: string;
  fold: FoldRun;
  runId: string | undefined;
  context: PipelineContext;
}

function Fold({ step, fold, runId, context: { host } }: FoldProps): VNode {
  const { number, state, run_id, seconds } = fold;
  const facts = (
    <>
      <WorkStateMark state={state} called={`fold ${number}`} />
      {seconds === undefined ? null : <span class="muted"> {formatDuration(seconds * 1000)}</span>}
    </>
  );
  if (run_id === null || runId === undefined) return facts;
  const open = () => host.post({ type: 'pipeline/open-log', run_id: runId, step: foldName(step, number) });
  return (
    <button type="button" class="link" title={`Open the log of fold ${number}`} onClick={open}>
      {facts}
    </button>
  );
}
