/**
 * A whole number as people read it, such as `12,345`. By hand: what JavaScript knows of languages takes a program longer to read, at the
 * first such number, than most of its answers.
 */
export function formatWhole(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
