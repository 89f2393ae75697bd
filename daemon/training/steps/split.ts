import type { SplitSettings } from '../index.ts';
import { splitData } from '../index.ts';
import type { StepContext } from './context.ts';
import { logStepParams } from './context.ts';

export async function splitStep(settings: SplitSettings, context: StepContext): Promise<void> {
  const { train, test, leftOut } = await splitData(settings);
  const rest = leftOut === 0 ? '' : `, ${leftOut} left out`;
  context.say(`${settings.data}: ${train} rows to train on, ${test} to test with${rest}`);
  await logStepParams(context, { train_rows: train, test_rows: test, left_out_rows: leftOut });
}
