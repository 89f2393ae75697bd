import { checkInputs } from '../../schemas/language/trigger-inputs.ts';
import type { CalledTrigger } from '../../schemas/language/trigger-names.ts';
import type { FireAnswer, FireTrigger } from '../../schemas/wire/triggers.ts';
import { CrisolError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Taken } from './firings.ts';
import { firingFor } from './occasions.ts';
import type { TriggeredRuns } from './ports.ts';
import type { KeptFiring } from './records.ts';

/** The occasion of somebody who asks. Throws in words where what is given is not what the trigger asks for. */
export function firingAskedFor(
  called: CalledTrigger,
  { params = {}, idempotency_key }: FireTrigger,
  at: number,
): KeptFiring {
  const { name, trigger } = called;
  const checked = checkInputs(trigger.kind === 'manual' ? trigger.inputs : null, params);
  if ('problem' in checked) throw new CrisolError('TRIGGER_INPUT_INVALID', checked.problem);
  const { wanted, ...plain } = firingFor(called, { word: `#${idempotency_key ?? newId()}`, at });
  return {
    ...plain,
    wanted: { ...wanted, cause: { kind: 'trigger', name }, params: { ...wanted.params, ...checked.params } },
  };
}

/** `asked`: as this request wants it, which may be another than the one that was taken under its key. */
export function answerOf(
  { firing: { told, wanted }, repeated }: Taken,
  asked: KeptFiring,
  runs: Pick<TriggeredRuns, 'find'>,
): FireAnswer {
  if (repeated && JSON.stringify(wanted.params) !== JSON.stringify(asked.wanted.params)) {
    throw new CrisolError('TRIGGER_KEY_REUSED', 'This key was used for a request with other params.');
  }
  if (told.state === 'failed' || told.state === 'skipped') {
    throw new CrisolError('TRIGGER_NOT_RUN', `The run did not begin: ${told.reason}.`);
  }
  const run = told.run_id === null ? null : (runs.find(told.run_id) ?? null);
  return { firing: told, run, repeated };
}
