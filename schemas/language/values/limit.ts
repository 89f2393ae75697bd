import { parsePercentage } from './percentage.ts';

export interface Limit {
  operator: '<' | '<=' | '>' | '>=';
  value: number;
}

/** `> 100`, `>= 0.5`, `> 1%` */
export function parseLimit(text: string): Limit | null {
  const match = /^\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?%?)\s*$/.exec(text);
  if (!match) return null;
  const [, operator, amount = ''] = match;
  const value = amount.endsWith('%') ? parsePercentage(amount) : Number(amount);
  return value === null ? null : { operator: operator as Limit['operator'], value };
}
