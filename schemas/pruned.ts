/** On the run of a trial that was ended early: the step that it had come to. Its state is that of a cancelled run (`KILLED`). */
export const PRUNED_TAG = 'crisol.prunedAtStep';

/** Tags can be written by anybody: what is no whole number says nothing. */
export function prunedStep(tag: string | null | undefined): number | undefined {
  return tag && /^\d{1,15}$/.test(tag) ? Number(tag) : undefined;
}
