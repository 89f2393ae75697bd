import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { PipelinePlan } from '../../../schemas/panels/pipeline.ts';
import type { PipelineRun, PlannedNode, StepRun } from '../../../schemas/wire/pipelines.ts';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { NOW } from './recorded.ts';
import type { PanelState } from './states.ts';

function went(name: string, state: StepRun['state'], over: Partial<StepRun> = {}): StepRun {
  const began = state !== 'pending' && state !== 'skipped';
  const seconds = state === 'succeeded' || state === 'failed' ? 12 : null;
  return { name, state, cached: false, reason: '', started_at: began ? NOW - 60_000 : null, seconds, ...over };
}

const PLAN: PlannedNode[] = [
  {
    name: 'prepare',
    needs: [],
    reads: ['data/matches.csv'],
    writes: ['build/matches.parquet'],
    uses: 'split',
    line: 12,
  },
  {
    name: 'features',
    needs: ['prepare'],
    writes: ['build/features.parquet'],
    command: 'python features.py --window 5',
    line: 20,
  },
  ...['1, linear', '1, boosted', '10, linear', '10, boosted'].map((values) => ({
    name: `train (${values})`,
    of: 'train',
    needs: ['features'],
    command: `python train.py --l2 $\{{ matrix.l2 }}\n`,
    line: 28,
  })),
  {
    name: 'evaluate',
    needs: ['train (1, linear)', 'train (1, boosted)', 'train (10, linear)', 'train (10, boosted)'],
    line: 40,
  },
  { name: 'plots', needs: ['features'], command: 'python plots.py', line: 48 },
  { name: 'register', needs: ['evaluate'], uses: 'register', line: 55 },
];
export const plan: PipelinePlan = { name: 'match-outcome', problem: null, steps: PLAN };

const variant = (values: string, state: StepRun['state'], over: Partial<StepRun> = {}) =>
  went(`train (${values})`, state, { of: 'train', needs: ['features'], ...over });

export const running: PipelineRun = {
  run_id: 'a'.padEnd(32, '0'),
  pipeline: 'match-outcome',
  name: 'brave-otter',
  state: 'running',
  started_at: NOW - 61_000,
  ended_at: null,
  steps: [
    went('prepare', 'succeeded', { cached: true, seconds: 0.02, reason: 'nothing changed' }),
    went('features', 'succeeded', { needs: ['prepare'], seconds: 21.3, reason: 'params.window: 3 → 5' }),
    variant('1, linear', 'succeeded', { seconds: 9.1 }),
    variant('1, boosted', 'failed', { reason: 'exit code 1', tail: 'ValueError: y contains 1 class', attempt: 2 }),
    variant('10, linear', 'running', { progress: { fraction: 0.4, text: '40/100 trees' } }),
    variant('10, boosted', 'pending', { waits_for: 'waits for 2 of 2 CPUs' }),
    went('evaluate', 'pending', { needs: PLAN[6]?.needs ?? [] }),
    went('plots', 'running', { needs: ['features'] }),
    went('register', 'pending', { needs: ['evaluate'] }),
  ],
};

export const ended: PipelineRun = {
  ...running,
  run_id: 'b'.padEnd(32, '0'),
  name: 'calm-heron',
  state: 'failed',
  started_at: NOW - 7_200_000,
  ended_at: NOW - 7_100_000,
  steps: [
    went('prepare', 'succeeded'),
    went('features', 'failed', {
      reason: 'exit code 1',
      tail: 'Traceback (most recent call last):\n  File "features.py", line 3\nKeyError: \'home_form\'',
    }),
    went('plots', 'cancelled', { reason: 'the run was cancelled' }),
    went('register', 'skipped', { reason: 'features did not succeed' }),
  ],
};

const succeeded: PipelineRun = {
  ...running,
  state: 'succeeded',
  ended_at: NOW,
  steps: running.steps.map((step) => ({ ...step, state: 'succeeded', seconds: step.seconds ?? 14, started_at: NOW })),
};

function state(name: string, messages: unknown[], look: object = {}, act?: PanelState['act']): PanelState {
  const subject = { of: 'workspace' };
  return {
    name: `pipeline: ${name}`,
    panel: 'pipeline',
    subject,
    kept: { version: PANELS_VERSION, subject, look },
    messages,
    act,
  };
}

export function told(of: PipelinePlan, ...runs: PipelineRun[]): unknown {
  return { type: 'pipeline/all', plan: of, runs };
}

/** Of as many steps as are asked for, each with what it waits for. */
export function pipelineOf(count: number, needsOf: (at: number) => number[]): { plan: PipelinePlan; run: PipelineRun } {
  const steps = Array.from({ length: count }, (_, at) => ({
    name: `step-${at}`,
    needs: needsOf(at).map((need) => `step-${need}`),
  }));
  const states = ['succeeded', 'succeeded', 'failed', 'running', 'pending', 'skipped'] as const;
  return {
    plan: { name: 'huge', problem: null, steps },
    run: {
      ...running,
      steps: steps.map(({ name, needs }, at) =>
        went(name, states[at % states.length] ?? 'pending', { needs, reason: 'nothing is known of it' }),
      ),
    },
  };
}

/** A step with 200 variants among 30 chains: 500 steps, of which those at the front of each chain run. */
export function largePipeline(): { plan: PipelinePlan; run: PipelineRun } {
  const variants = Array.from({ length: 200 }, (_, at) => ({ name: `train (${at})`, of: 'train', needs: ['prepare'] }));
  const chains = Array.from({ length: 30 }, (_, chain) =>
    Array.from({ length: chain === 29 ? 7 : 10 }, (__, at) => ({
      name: `chain-${chain}-${at}`,
      needs: [at === 0 ? 'prepare' : `chain-${chain}-${at - 1}`],
    })),
  ).flat();
  const steps: PlannedNode[] = [
    { name: 'prepare', needs: [] },
    ...variants,
    ...chains,
    { name: 'evaluate', needs: variants.map(({ name }) => name) },
    {
      name: 'report',
      needs: ['evaluate', ...chains.filter(({ name }) => name.endsWith('-6')).map(({ name }) => name)],
    },
  ];
  const state = ({ name }: PlannedNode) =>
    name === 'prepare' ? 'succeeded' : name.endsWith('-0') ? 'running' : 'pending';
  return {
    plan: { name: 'large', problem: null, steps },
    run: { ...running, steps: steps.map((step) => went(step.name, state(step), { needs: step.needs, of: step.of })) },
  };
}

export const CHAIN = (at: number) => (at === 0 ? [] : [at - 1]);
export const FAN = (at: number) => (at === 0 ? [] : [0]);
export const TANGLE = (at: number) => [7, 13, 40].flatMap((back) => (at >= back ? [at - back] : []));

const large = largePipeline();

const huge = (name: string, needsOf: (at: number) => number[]): PanelState => {
  const { plan: all, run } = pipelineOf(500, needsOf);
  return state(name, [told(all, run)]);
};

const choose =
  (name: string) =>
  async ({ page }: WebviewPreview) =>
    page.getByRole('treeitem', { name }).first().click();

const awkward: PipelinePlan = {
  name: `a "ñandú" & <b>more</b> ${'x'.repeat(80)}`,
  problem: null,
  steps: [
    { name: 'x'.repeat(200), needs: [], writes: ['a/very/long/path/'.repeat(12)], command: 'echo\n'.repeat(40) },
    { name: 'constructor', needs: ['x'.repeat(200)] },
  ],
};

export const pipelineStates: PanelState[] = [
  state('running', [told(plan, running, ended)]),
  state('running, variants spread', [told(plan, running, ended)], { spread: ['train'] }),
  state('running, details of a step', [told(plan, running, ended)], {}, choose('features')),
  state('running, details of variants', [told(plan, running, ended)], {}, choose('train')),
  state('an earlier run, details of what failed', [told(plan, running, ended)], {
    run: ended.run_id,
    chosen: 'features',
  }),
  state('succeeded', [told(plan, succeeded)]),
  state('not run yet', [told(plan)]),
  state('as a table', [told(plan, running)], { as: 'table', chosen: 'plots' }),
  state('a mistake in the file', [
    told(
      { name: null, problem: 'crisol.yaml, line 24: unknown key `comand`; did you mean `command`?', steps: [] },
      ended,
    ),
  ]),
  state('no file', [told({ name: null, problem: 'There is no crisol.yaml in /liga.', steps: [] })]),
  state('no steps', [told({ name: 'empty', problem: null, steps: [] })]),
  state('awkward', [told(awkward)], { chosen: 'x'.repeat(200) }),
  state('one step', [told({ name: 'small', problem: null, steps: [{ name: 'train', needs: [], line: 3 }] })]),
  state('loading', []),
  state('away', [told(plan, running), { type: 'connection', connection: 'away' }]),
  state('stopped', [told(plan, running), { type: 'connection', connection: 'stopped' }]),
  state('refused', [
    told(plan, running),
    { type: 'problem', problem: { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'Not now.', hint: 'Try again.' } },
  ]),
  state('a step with 200 variants among 300 others', [told(large.plan, large.run)]),
  huge('a chain of 500', CHAIN),
  huge('a fan of 500', FAN),
  huge('a tangle of 500', TANGLE),
  state('failed steps found', [told(plan, running, ended)], { spread: ['train'] }, async ({ page }) => {
    await page.getByRole('textbox', { name: 'Find steps' }).pressSequentially('failed');
  }),
  state('far away', [told(plan, running, ended)], { scale: 0.3, spread: ['train'] }),
];
