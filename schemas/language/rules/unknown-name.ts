import type { Finding } from '../diagnostic.ts';
import type { Located } from '../model.ts';
import { closest } from '../suggest.ts';
import { replacement } from './fixes.ts';

/** A name that leads nowhere, with the one that was probably meant. */
export function unknownName(what: string, { value, range }: Located<string>, names: Iterable<string>): Finding {
  const meant = closest(value, names);
  const advice = meant ? `did you mean \`${meant}\`?` : `add it, or correct the name.`;
  return {
    range,
    message: `There is no ${what} \`${value}\`: ${advice}`,
    fixes: meant ? [replacement(range, meant)] : undefined,
  };
}
