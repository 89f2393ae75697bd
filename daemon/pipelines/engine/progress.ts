import type { Progress } from '../../../schemas/pipelines/progress.ts';
import { progressIn } from '../../../schemas/pipelines/progress.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { StepHandle } from '../executors/port.ts';

/** A bar of a wide terminal with its colours fits in it several times. */
const TAIL_BYTES = 4 * 1024;

/** Looks at what a step prints, as it comes, for how far it is. */
export function followProgress(handle: StepHandle, tell: (progress: Progress) => void): Disposable {
  let said = '';
  let isLooking = false;
  let isOver = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const { bytes } = await handle.log(-TAIL_BYTES, TAIL_BYTES);
      const progress = progressIn(bytes.toString('utf8'));
      if (isOver || !progress || progress.text === said) return;
      said = progress.text;
      tell(progress);
    } catch {
      // what cannot be read says nothing
    } finally {
      isLooking = false;
    }
  };
  const listening = handle.onLog(() => void look());
  return {
    dispose() {
      isOver = true;
      void listening.dispose();
    },
  };
}
