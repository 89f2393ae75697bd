import { Type } from 'typebox';
import { BUILT_IN_NAMES } from './built-in-steps.ts';
import { Env, Later, Names, Paths } from './values.ts';

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
        takes: 'a map of settings',
        withOf: 'uses',
        rivals: ['run'],
      }),
    ),
    run: Type.Optional(
      Type.String({
        description: 'A command. Several lines run in one shell, so `cd` and variables stay.',
        takes: 'a command',
        rivals: ['uses', 'with'],
      }),
    ),
    needs: Type.Optional(Names('Steps that must have succeeded before, besides those that follow from paths.', 'step')),
    deps: Type.Optional(Paths('Files and folders that the step reads. Whoever writes one of them runs before.')),
    outs: Type.Optional(Paths('Files and folders that the step writes. Each belongs to one step.')),
    params: Type.Optional(Names('Names of `params` that the step depends on, such as `train.seed`.', 'param')),
    env: Type.Optional(Env('Environment of this step, over the `env` of the file.')),
    if: Type.Optional(Later('An expression: the step is skipped unless it holds.')),
    matrix: Type.Optional(Later('Runs the step once for each combination of these values.')),
    retry: Type.Optional(Later('How often to try again after a failure: `{limit: 2, backoff: 10s}`.')),
    timeout: Type.Optional(Later('How long the step may take: `30m`.')),
    resources: Type.Optional(Later('What the step needs: `{cpus: 1, memory: 2Gi}`.')),
    executor: Type.Optional(Later('Where the step runs: `local` or `ray`.')),
  },
  {
    description: 'A step of the pipeline: a built-in one (`uses`) or a command (`run`).',
    takes: 'a map with `uses` or `run`',
  },
);
