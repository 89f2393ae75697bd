import { namesOfKind, referencesAmong } from '../check/names-of-kind.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf } from '../check/view.ts';
import { definedNames } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { Located } from '../model.ts';
import { isPlainText } from '../names/rename.ts';
import { closest } from '../suggest.ts';
import { findEntry } from '../syntax/tree.ts';
import { replacement } from './fixes.ts';
import { MOST_FINDINGS } from './rule.ts';

/** A name that leads nowhere, with the one that was probably meant. */
export function unknownName(what: string, { value, range }: Located<string>, names: Iterable<string>): Finding {
  const meant = closest(value, names);
  const advice = meant ? `did you mean \`${meant}\`?` : `add it, or correct the name.`;
  return {
    range,
    message: `There is no ${what} \`${value}\`: ${advice}`,
    // one that needs quotes would not be the name in every place
    fixes: meant && isPlainText(meant) ? [replacement(range, meant)] : undefined,
  };
}

interface Among {
  /** the section in which the names stand */
  within?: string;
  /** what may be said beside the names of the entries */
  isKnown?(name: string): boolean;
}

/** The names of a section's entries that lead nowhere, in one section or anywhere in the file. */
export function unknownNamesOf(
  kind: 'step' | 'endpoint' | 'monitor' | 'dataset',
  section: 'steps' | 'endpoints' | 'monitors' | 'datasets',
  view: FileView,
  { within, isKnown = () => false }: Among = {},
): Finding[] {
  if (!knowsAllOf(view, section)) return [];
  const [from, to] = within ? (findEntry(view.root, within)?.value.span ?? [0, 0]) : [0, Infinity];
  const places = referencesAmong(namesOfKind(view, kind));
  if (places.length === 0) return [];
  const known = definedNames(view, kind);
  return places
    .filter(({ name }) => !known.has(name) && !isKnown(name))
    .filter(({ span: [at] }) => from <= at && at < to)
    .slice(0, MOST_FINDINGS)
    .map(({ name, span }) => unknownName(kind, { value: name, range: view.lines.range(span) }, known));
}
