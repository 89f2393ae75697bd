import { valueAt } from '../../schemas/language/expressions/evaluate.ts';
import type { ReferencePath } from '../../schemas/language/expressions/references.ts';
import { toText } from '../../schemas/language/expressions/values.ts';
import type { JsonObject, JsonValue } from '../../schemas/language/json.ts';
import type { PipelineModel, StepModel } from '../../schemas/language/model.ts';

/** A name that can stand in an expression, with what it holds as far as the file tells. */
export interface KnownName {
  name: string | number;
  kind: 'context' | 'param' | 'variable' | 'step' | 'field' | 'path' | 'setting';
  /** in a few words */
  detail?: string;
  value?: JsonValue;
}

/** The names that may follow a path, seen from within a step. */
export function namesAfter(model: PipelineModel, path: ReferencePath, step: StepModel | undefined): KnownName[] {
  const [context, ...rest] = path;
  switch (context) {
    case undefined:
      return [
        { name: 'params', kind: 'context', detail: 'values of `params`' },
        { name: 'env', kind: 'context', detail: 'the environment' },
        { name: 'steps', kind: 'context', detail: 'paths and settings of steps' },
      ];
    case 'params':
      return membersOf(valueAt(model.params.values, rest), 'param');
    case 'env':
      return rest.length === 0 ? variables(model, step) : [];
    case 'steps':
      return rest.length === 0 ? stepNames(model, step) : ofStep(model, rest);
    default:
      return [];
  }
}

/** The name at the end of a path. */
export function nameAtPath(
  model: PipelineModel,
  path: ReferencePath,
  step: StepModel | undefined,
): KnownName | undefined {
  const last = path.at(-1);
  return namesAfter(model, path.slice(0, -1), step).find(({ name }) => String(name) === String(last));
}

function membersOf(value: JsonValue | undefined, kind: KnownName['kind']): KnownName[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.map((item, at) => ({ name: at, kind, detail: short(item), value: item }));
  return Object.entries(value).map(([name, item]) => ({ name, kind, detail: short(item), value: item }));
}

function variables(model: PipelineModel, step: StepModel | undefined): KnownName[] {
  const all: JsonObject = { ...model.env, ...step?.env };
  return membersOf(all, 'variable');
}

function stepNames(model: PipelineModel, step: StepModel | undefined): KnownName[] {
  return model.steps
    .filter((other) => other.name !== step?.name)
    .map((other) => ({
      name: other.name,
      kind: 'step',
      detail: other.uses?.value ?? other.run?.value.split('\n', 1)[0],
    }));
}

function ofStep(model: PipelineModel, [name, field, ...rest]: ReferencePath): KnownName[] {
  const step = model.steps.find((candidate) => candidate.name === String(name));
  if (!step) return [];
  const outs = step.outs.map(({ value }) => value);
  if (field === undefined) {
    const fields: KnownName[] = [
      { name: 'outs', kind: 'field', detail: 'the paths that it writes', value: outs },
      { name: 'with', kind: 'field', detail: 'its settings', value: step.with },
    ];
    return fields.filter(({ value }) => Object.keys(value ?? {}).length > 0);
  }
  if (field === 'outs' && rest.length === 0) return membersOf(outs, 'path');
  return field === 'with' ? membersOf(valueAt(step.with, rest), 'setting') : [];
}

function short(value: JsonValue): string {
  const text =
    value !== null && typeof value === 'object' ? JSON.stringify(value) : value === null ? 'null' : toText(value);
  const [line = ''] = text.split('\n', 1);
  return line.length > 60 || line !== text ? `${line.slice(0, 60)}…` : line;
}
