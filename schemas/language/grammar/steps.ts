import { Type } from 'typebox';
import { BUILT_IN_NAMES } from './built-in-steps.ts';
import { Folds } from './folds.ts';
import { Matrix, Resources, Retry } from './running.ts';
import { Env, Names, OutPaths, Paths } from './values.ts';

export const Step = Type.Object(
  {
    uses: Type.Optional(
      Type.Union(
        BUILT_IN_NAMES.map((name) => Type.Literal(name)),
        {
          description: 'A built-in step: `split`, `train`, `evaluate` or `register`. No Python needed.',
          rivals: ['run'],
          ownRule: true,
        },
      ),
    ),
    with: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'What the built-in step works on.',
        elsewhere: ['args', 'arguments', 'settings'],
        takes: 'a map of settings',
        withOf: 'uses',
        rivals: ['run'],
      }),
    ),
    run: Type.Optional(
      Type.String({
        description:
          'A command. Several lines run in one shell, so `cd` and variables stay. `notebook FILE.ipynb` runs a notebook.',
        takes: 'a command',
        format: 'process-text',
        elsewhere: ['cmd', 'command', 'script'],
        rivals: ['uses', 'with'],
      }),
    ),
    needs: Type.Optional(Names('Steps that must have succeeded before, besides those that follow from paths.', 'step')),
    deps: Type.Optional(Paths('Files and folders that the step reads. Whoever writes one of them runs before.')),
    outs: Type.Optional(Paths('Files and folders that the step writes. Each belongs to one step.')),
    metrics: Type.Optional(OutPaths('Files of numbers that the step writes, as DVC has them. They are outs, too.')),
    plots: Type.Optional(OutPaths('Files of curves that the step writes, as DVC has them. They are outs, too.')),
    params: Type.Optional(Names('Names of `params` that the step depends on, such as `train.seed`.', 'param')),
    env: Type.Optional(Env('Environment of this step, over the `env` of the file.')),
    if: Type.Optional(
      Type.Union([Type.String(), Type.Boolean()], {
        description: 'The step is skipped unless this expression holds; it needs no braces.',
        elsewhere: ['when', 'condition'],
        takes: 'an expression',
      }),
    ),
    matrix: Type.Optional(Matrix),
    folds: Type.Optional(Folds),
    best: Type.Optional(
      Type.String({
        description:
          'Which variant of the matrix `steps.NAME.best` is: `maximize METRIC` or `minimize METRIC`. Without it, the metric that people look at first decides.',
        format: 'goal',
        takes: 'a goal',
      }),
    ),
    retry: Type.Optional(Retry),
    timeout: Type.Optional(
      Type.String({
        description: 'How long the step may take.',
        elsewhere: ['timeout-minutes', 'timeout_minutes'],
        unitElsewhere: 'm',
        format: 'duration',
        takes: 'a time such as `30m`',
      }),
    ),
    resources: Type.Optional(Resources),
    executor: Type.Optional(
      Type.Union([Type.Literal('local'), Type.Literal('ray')], {
        description: 'Where the step runs.',
        default: 'local',
        later: true,
      }),
    ),
  },
  {
    description: 'A step of the pipeline: a built-in one (`uses`) or a command (`run`).',
    takes: 'a map with `uses` or `run`',
    needsOne: ['uses', 'run'],
  },
);
