import type { VNode } from 'preact';
import type { WorkState } from '../../schemas/wire/common.ts';

const LOOKS: Record<WorkState, { sign: string; word: string; tone: string }> = {
  pending: { sign: '○', word: 'Pending', tone: 'quiet' },
  running: { sign: '●', word: 'Running', tone: 'busy' },
  succeeded: { sign: '✓', word: 'Succeeded', tone: 'good' },
  failed: { sign: '✗', word: 'Failed', tone: 'bad' },
  cancelled: { sign: '⊘', word: 'Cancelled', tone: 'quiet' },
  skipped: { sign: '↷', word: 'Skipped', tone: 'quiet' },
};

/** `null`: what has not run yet. */
export function lookOf(state: WorkState | null): { sign: string; word: string; tone: string } {
  return state === null ? { sign: '○', word: 'Not run yet', tone: 'quiet' } : LOOKS[state];
}

/** Of a run: `pruned` is the step at which its sweep ended it early. */
export function runLook(state: WorkState, pruned?: number): { sign: string; word: string; tone: string } {
  return pruned === undefined ? LOOKS[state] : { sign: '✂', word: `Pruned at step ${pruned}`, tone: 'quiet' };
}

/** `called`: what has this state; it stands in place of the word, which is only read aloud then. */
export function WorkStateMark({ state, called }: { state: WorkState; called?: string }): VNode {
  const { sign, word, tone } = LOOKS[state];
  if (called === undefined) return <StateMark sign={sign} word={word} tone={tone} />;
  return (
    <span class={`state ${tone}`} title={word}>
      <span aria-hidden="true">{sign}</span> {called}
      <span class="unseen"> {word}</span>
    </span>
  );
}

/** A state is a sign and a word: colour is never the only mark. */
export function StateMark(props: { sign: string; word: string; tone: string; title?: string }): VNode {
  const { sign, word, tone, title } = props;
  return (
    <span class={`state ${tone}`} title={title}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
