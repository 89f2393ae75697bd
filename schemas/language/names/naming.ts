import { isModelRef, parseModelRef } from '../../model-ref.ts';
import type { Shape } from '../grammar/shape.ts';
import { remembered } from '../remembered.ts';
import type { Entry } from '../syntax/tree.ts';
import { normalPath } from '../values/paths.ts';
import type { NameKind, Occurrence } from './occurrence.ts';

/** What a value names. */
interface Named {
  kind: NameKind;
  name: string;
  role: Occurrence['role'];
  /** of the name in the value; without it, all of it */
  length?: number;
}

interface Naming {
  kind: NameKind;
  /** `NAME@STAGE` */
  isModelRef?: boolean;
  isOut?: boolean;
}

/** What a value of a shape names; null for most. */
export const namingOf = remembered((shape: Shape): Naming | null => {
  const options = shape.anyOf ?? [shape];
  const names = options.find((option) => option.names)?.names;
  const is = (format: Shape['format']) => options.some((option) => option.format === format);
  if (names) return { kind: names };
  if (is('model-name')) return { kind: 'model' };
  if (is('model-ref')) return { kind: 'model', isModelRef: true };
  return is('path') ? { kind: 'path', isOut: options.some(({ path }) => path === 'out') } : null;
});

export function nameIn(value: string, { kind, isModelRef: isRef, isOut }: Naming, entry: Entry | null): Named | null {
  if (isRef) return modelIn(value);
  if (kind !== 'path') return { kind, name: value, role: 'reference' };
  const role = isOut || entry?.key === 'outs' ? 'definition' : 'reference';
  return { kind, name: normalPath(value), role };
}

function modelIn(value: string): Named | null {
  // in half a reference the name may stand already
  const name = isModelRef(value) ? parseModelRef(value).name : /^[^@/]+/.exec(value)?.[0];
  return name === undefined ? null : { kind: 'model', name, role: 'reference', length: name.length };
}
