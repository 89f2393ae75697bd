import type { CalledTrigger } from '../../schemas/language/trigger-names.ts';
import type { Firing } from '../../schemas/wire/triggers.ts';
import type { KeptFiring, Wanted } from './records.ts';

interface Occasion extends Partial<Pick<Firing, 'state' | 'due_at' | 'count' | 'reason'>> {
  /** tells it from all other occasions of this trigger */
  word: string;
  at: number;
  /** instead of what the trigger says */
  wanted?: Partial<Wanted>;
}

export function firingFor({ name, key, trigger }: CalledTrigger, { word, at, wanted, ...told }: Occasion): KeptFiring {
  const { steps, params, overlap, kind } = trigger;
  return {
    key,
    told: {
      id: `${key}@${word}`,
      trigger: name,
      state: 'waiting',
      at,
      due_at: null,
      count: 1,
      run_id: null,
      result: null,
      reason: '',
      ...told,
    },
    wanted: {
      cause: { kind: kind === 'manual' ? 'trigger' : kind, name },
      steps: steps.map(({ value }) => value),
      params: Object.fromEntries(params.map((param) => [param.name, JSON.stringify(param.value)])),
      overlap,
      ...wanted,
    },
  };
}
