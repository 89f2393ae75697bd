export interface TimedStep {
  name: string;
  needs: readonly string[];
  /** how long it took; 0 where that is not known */
  ms: number;
}

export interface CriticalPath {
  /** from the first to the last */
  names: readonly string[];
  ms: number;
}

/** Beginning and end say enough of a long one. */
const SHOWN = 6;

/** The names of a path, of a long one with words for how many are left out. */
export function shortened({ names }: CriticalPath, more: (left: number) => string): readonly string[] {
  const left = names.length - SHOWN;
  return left > 0 ? [...names.slice(0, SHOWN / 2), more(left), ...names.slice(-SHOWN / 2)] : names;
}

/** The chain of steps, each waiting for the one before, that took longest: no run is shorter than that. Null where nothing took time. */
export function criticalPath(steps: readonly TimedStep[]): CriticalPath | null {
  const byStep = new Map(steps.map((step) => [step.name, step]));
  const reached = new Map<string, { ms: number; from: string | null }>();
  for (const name of inOrder(steps, byStep)) {
    const step = byStep.get(name);
    if (!step) continue;
    let from: string | null = null;
    let before = 0;
    for (const need of step.needs) {
      const ms = reached.get(need)?.ms ?? 0;
      if (ms > before) [from, before] = [need, ms];
    }
    reached.set(name, { ms: before + Math.max(0, step.ms), from });
  }
  return longest(steps, reached);
}

function longest(
  steps: readonly TimedStep[],
  reached: ReadonlyMap<string, { ms: number; from: string | null }>,
): CriticalPath | null {
  let last: string | null = null;
  let ms = 0;
  // of several that are as long, the shortest in steps: what took no time adds nothing
  for (const { name } of steps) {
    const sum = reached.get(name)?.ms ?? 0;
    if (sum > ms) [last, ms] = [name, sum];
  }
  if (last === null) return null;
  const names: string[] = [];
  for (let name: string | null = last; name !== null; name = reached.get(name)?.from ?? null) names.push(name);
  return { names: names.reverse(), ms };
}

/** Each after those it needs; what lies on a circle is left out. Without recursion: a chain may be long. */
function inOrder(steps: readonly TimedStep[], byStep: ReadonlyMap<string, TimedStep>): string[] {
  const open = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const { name, needs } of steps) {
    const there = [...new Set(needs)].filter((need) => byStep.has(need));
    open.set(name, there.length);
    for (const need of there) {
      const known = followers.get(need);
      if (known) known.push(name);
      else followers.set(need, [name]);
    }
  }
  const order = steps.filter(({ name }) => open.get(name) === 0).map(({ name }) => name);
  for (const name of order) {
    for (const follower of followers.get(name) ?? []) {
      const left = (open.get(follower) ?? 0) - 1;
      open.set(follower, left);
      if (left === 0) order.push(follower);
    }
  }
  return order;
}
