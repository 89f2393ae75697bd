import { naturally } from '../../../schemas/natural-order.ts';
import type { Package, SourceProgram } from '../../../schemas/wire/run-source.ts';

/** Of all programs, each once, by name. */
export function allPackages(programs: readonly SourceProgram[]): Package[] {
  const all = programs.flatMap(({ packages }) => packages ?? []);
  const once = new Map(all.map((one) => [`${one.name}==${one.version}`, one]));
  return [...once.values()].sort((a, b) => naturally(a.name, b.name));
}
