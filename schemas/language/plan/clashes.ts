import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import { foldersAbove } from '../values/paths.ts';
import type { Clash, StepPaths } from './written-paths.ts';

type Written = Pick<StepPaths, 'name' | 'writes'>;

/** What two of them write, and what one writes within another's; of each place in the file the first. */
export function clashesOf(all: readonly Written[]): Clash[] {
  const writers = new Map<string, string>();
  for (const { name, writes } of all) {
    for (const { value } of writes) if (!writers.has(value) && !hasExpression(value)) writers.set(value, name);
  }
  const told = new Set<Located<string>['range']>();
  return all.flatMap(({ name, writes }) =>
    writes.flatMap((path) => {
      const at = [path.value, ...foldersAbove(path.value)].find((place) => (writers.get(place) ?? name) !== name);
      const earlier = at === undefined ? undefined : writers.get(at);
      if (at === undefined || earlier === undefined || hasExpression(path.value) || told.has(path.range)) return [];
      told.add(path.range);
      return [{ path, later: name, earlier, at }];
    }),
  );
}

/** What to do about it, in words. */
export function clashInWords({ later, earlier, at, path }: Clash): string {
  return at === path.value
    ? `\`${earlier}\` writes \`${at}\` too: give \`${later}\` an out of its own.`
    : `\`${earlier}\` writes all of \`${at}\`: give \`${later}\` an out beside it.`;
}
