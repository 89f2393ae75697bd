import { spawn } from 'node:child_process';
import { SETTINGS_VARIABLE } from '../../../daemon/base/step-settings.ts';
import { packedProgram } from '../../support/programs.ts';

export interface StepOutcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a built-in step as the pipeline does: a process of its own, in the workspace folder. */
export function runStepProcess(
  kind: string,
  settings: unknown,
  { folder, env = {} }: { folder: string; env?: Record<string, string> },
): Promise<StepOutcome> {
  const child = spawn(process.execPath, [packedProgram('built-in-step'), kind], {
    cwd: folder,
    env: { PATH: process.env.PATH, [SETTINGS_VARIABLE]: JSON.stringify(settings), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome: StepOutcome = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    outcome.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    outcome.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...outcome, code }));
  });
}
