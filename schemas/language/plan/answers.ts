import type { Answer } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import type { Filled } from '../expressions/template.ts';
import type { JsonValue } from '../json.ts';

/** What was filled in, as an answer to whoever asked for it. */
export function filled({ value, problems, late }: Filled<JsonValue>): Answer {
  const [problem] = problems;
  if (problem !== undefined) return { problem };
  return late === null ? { value } : { problem: late, late: true };
}

export function answer(value: JsonValue | undefined, path: ReferencePath): Answer {
  return value === undefined ? { problem: `There is no \`${written(path)}\`.` } : { value };
}

export function written(path: ReferencePath): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}
