import type { VNode } from 'preact';
import { formatDuration } from '../../../schemas/duration.ts';
import { foldName, shownFolds } from '../../../schemas/pipelines/folds.ts';
import type { StepRun } from '../../../schemas/wire/pipelines.ts';
import { formatCount } from '../../shared/format.ts';
import { WorkStateMark } from '../../shared/work-state.tsx';

interface FoldsProps {
  step: StepRun;
  /** whose output is shown: that of the newest fold, or of one that was chosen */
  shown: string;
  onChoose: (name: string) => void;
}

/** How each fold of a step stands; one of them is chosen to be read. */
export function Folds({ step, shown, onChoose }: FoldsProps): VNode | null {
  const { shown: folds, more } = shownFolds(step.folds);
  if (folds.length === 0) return null;
  return (
    <fieldset class="folds">
      <legend class="unseen">Folds of {step.name}</legend>
      {folds.map(({ number, state, run_id, seconds }) => {
        const name = foldName(step.name, number);
        return (
          <button
            key={number}
            type="button"
            class="fold"
            aria-pressed={shown === name}
            disabled={run_id === null}
            onClick={() => onChoose(name)}
          >
            <WorkStateMark state={state} called={`fold ${number}`} />
            {seconds === undefined ? null : <span class="muted"> {formatDuration(seconds * 1000)}</span>}
          </button>
        );
      })}
      {more > 0 ? <span class="muted">{formatCount(more, 'more', 'more')}</span> : null}
    </fieldset>
  );
}

/** The fold that was begun last: its output is what the step prints. */
export function newestFold({ name, folds = [] }: StepRun): string {
  const newest = folds.findLast(({ run_id }) => run_id !== null);
  return newest ? foldName(name, newest.number) : name;
}
