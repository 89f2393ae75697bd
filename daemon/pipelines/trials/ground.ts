import type { JsonValue } from '../../../schemas/language/json.ts';
import type { PipelineModel, PlannedStep } from '../../../schemas/language/model.ts';
import { namedParams } from '../../../schemas/pipelines/named-params.ts';
import { CrisolError } from '../../base/errors.ts';
import { select } from '../planning/selection.ts';
import type { PipelineDeps } from '../ports.ts';
import type { Ground, GroundRequest } from './ports.ts';

type Project = PipelineDeps['project'];

/** What a sweep of this step is made of. Throws, in words, where trials would make no sense. */
export function groundOf(project: Project, { step, samples, given }: GroundRequest): Ground {
  const { steps, frozen, params } = project.plan(given, step);
  const [planned, variant] = select(steps, { steps: [step], only: true });
  if (variant || planned?.matrix)
    throw refused(`\`${step}\` has a matrix: a sweep tries one step, so put what varies into its \`space\`.`);
  for (const [param, values] of Object.entries(samples)) checkUse(project, { step, param, values, given });
  const model = project.model as PipelineModel;
  return {
    step,
    pipeline: model.name ?? 'pipeline',
    plan: { steps, frozen, params, given },
    paramsFiles: model.params.files.map(({ value }) => value),
  };
}

/** The steps that it needs, which run once before all trials. */
export const neededBy = ({ step, plan }: Ground): string[] =>
  select(plan.steps, { steps: [step] }).flatMap(({ name, of }) => (of === step ? [] : [name]));

interface Use {
  step: string;
  param: string;
  values: readonly [JsonValue, JsonValue];
  given: Record<string, string>;
}

/** A param that changes nothing would be tried in vain; what others make of it would be made once only. */
function checkUse(project: Project, { step, param, values, given }: Use): void {
  const [one, other] = values.map((value) => {
    const { steps, params } = project.plan({ ...given, [param]: JSON.stringify(value) });
    return select(steps, { steps: [step] }).map((found) => ({ of: found.of, made: madeOf(found, params) }));
  }) as [Made[], Made[]];
  if (values[0] === values[1]) return;
  const changed = one.filter(({ made }, at) => made !== other[at]?.made).map(({ of }) => of);
  const before = changed.find((of) => of !== step);
  if (before !== undefined) {
    throw refused(
      `\`${before}\`, which \`${step}\` needs, depends on \`params.${param}\` too: it runs once for all trials, so give them params of their own.`,
    );
  }
  if (!changed.includes(step)) {
    throw refused(
      `\`${step}\` does not use \`params.${param}\`: write \`\${{ params.${param} }}\` in its command, or list it under its \`params\`.`,
    );
  }
}

interface Made {
  of: string;
  made: string;
}

/** All of a step that a param may change. */
function madeOf({ work, reads, writes, env, params: names }: PlannedStep, params: Parameters<typeof namedParams>[1]) {
  return JSON.stringify([work, reads, writes, env, namedParams(names, params)]);
}

const refused = (message: string): CrisolError => new CrisolError('SWEEP_INVALID', message);
