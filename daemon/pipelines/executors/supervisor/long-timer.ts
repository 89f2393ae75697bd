/** A timer of the system holds some 24 days; like that one, this knows nothing of clocks that are set. */
const LONGEST_MS = 2 ** 31 - 1;

export function afterLong(ms: number, action: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    const now = Math.min(left, LONGEST_MS);
    timer = setTimeout(() => (left > now ? wait(left - now) : action()), now);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
