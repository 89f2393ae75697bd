/** Whether one version of Crisol came before another; what is not a version came before none. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(than)];
  const difference = one.map((number, place) => number - (other[place] ?? 0)).find((delta) => delta !== 0);
  return difference !== undefined && difference < 0;
}

function numbersOf(version: string): number[] {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match ? match.slice(1).map(Number) : [];
}
