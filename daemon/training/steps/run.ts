import { BUILT_IN_NAMES } from '../../../schemas/language/grammar/built-in-steps.ts';
import { CrisolError } from '../../base/errors.ts';
import type { StepContext } from './context.ts';
import { evaluateStep } from './evaluate.ts';
import { registerStep } from './register.ts';
import { readSettings } from './settings.ts';
import { splitStep } from './split.ts';
import { trainStep } from './train.ts';

/** One built-in step: its kind and the JSON of its `with`. */
export async function runStep(kind: string, settings: string, context: StepContext): Promise<void> {
  switch (kind) {
    case 'split':
      return splitStep(readSettings('split', settings), context);
    case 'train':
      return trainStep(readSettings('train', settings), context);
    case 'evaluate':
      return evaluateStep(readSettings('evaluate', settings), context);
    case 'register':
      return registerStep(readSettings('register', settings), context);
    default:
      throw new CrisolError('INVALID_PARAMETER_VALUE', `there is no built-in step "${kind}"`, {
        hint: `Use one of: ${BUILT_IN_NAMES.join(', ')}.`,
      });
  }
}
