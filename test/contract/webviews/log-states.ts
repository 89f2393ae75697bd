import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { PipelineRun, StepLog } from '../../../schemas/wire/pipelines.ts';
import { curves, NOW, run } from './recorded.ts';
import type { PanelState } from './states.ts';

const E = '\u001b[';
const colours = Array.from({ length: 8 }, (_, at) => `${E}${30 + at}mcolour ${at} ${E}${90 + at}mbright${E}0m`).join(
  ' ',
);

/** Colours, phases, a progress bar and a traceback, as scripts print them. */
export const PRINTED = `${E}1mTraining${E}0m with ${E}32m4${E}0m folds
::group::Fold 1
loss 0.9
##[group]Details
${E}38;5;208morange${E}0m ${E}48;2;20;90;160mon blue${E}0m
##[endgroup]
::endgroup::
${colours}
 10 %|#   |\r 55 %|##  |\r100 %|####|
${Array.from({ length: 300 }, (_, at) => `epoch ${at} loss ${(1 / (at + 1)).toFixed(4)}`).join('\n')}
${E}31mTraceback (most recent call last):
  File "src/train.py", line 12, in <module>
ValueError: y contains 1 class${E}0m
`;

/** As the daemon answers it. */
export function logOf(text: string, offset = 0, bytes = offset + text.length): StepLog {
  return { attempt: 1, offset, text, next_offset: offset + text.length, bytes, ended: false };
}

export const logged: PipelineRun = {
  run_id: 'a'.padEnd(32, '0'),
  pipeline: 'match-outcome',
  name: 'brave-otter',
  state: 'failed',
  started_at: NOW - 60_000,
  ended_at: NOW,
  steps: [
    { name: 'train', state: 'failed', cached: false, reason: 'exit code 1', started_at: NOW - 50_000, seconds: 41.2 },
  ],
};

const subject = { run_id: logged.run_id };

export const logStates: PanelState[] = [
  {
    name: 'runs: a log with colours and phases',
    panel: 'runs',
    subject,
    kept: { version: PANELS_VERSION, subject, look: { tab: 'logs' } },
    messages: [
      { type: 'runs/all', run: run('a', { state: 'failed' }, curves(0)), pipeline: logged },
      { type: 'runs/log', step: 'train', log: logOf(PRINTED), isAnswer: true },
    ],
  },
];
