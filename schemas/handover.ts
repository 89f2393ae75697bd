/** A program as others may run it, too: two builds of one version are told apart by when they were made. */
export interface Build {
  version: string;
  /** when its file was written */
  builtAt: number;
}

/**
 * Whether a daemon that runs is to make way: it is of an older version, or was begun before this build of its own version was
 * made, as those who develop Crisol and those who try what comes next have it. Whoever follows was begun later, so that
 * two windows with different builds never ask each other's daemons to leave in turn.
 */
export function makesWay(running: { version: string; started_at: number }, build: Build, now: number): boolean {
  const difference = compareVersions(running.version, build.version);
  if (difference !== 0) return difference < 0;
  // files know parts of a millisecond
  const builtAt = Math.floor(build.builtAt);
  // a clock that was wrong may have left times to come
  return running.started_at < builtAt && builtAt <= now;
}

/** By their three numbers. What is no version came before none, and after none. */
function compareVersions(one: string, other: string): number {
  const [first, second] = [numbersOf(one), numbersOf(other)];
  if (!first || !second) return 0;
  return first.map((number, place) => number - (second[place] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function numbersOf(version: string): number[] | undefined {
  return /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
}
