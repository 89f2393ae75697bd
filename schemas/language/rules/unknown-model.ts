import { isStage } from '../../model-ref.ts';
import type { NamedModelPlace } from '../check/named-models.ts';
import { commandsIn, isHandedToCommands, isWrittenTwice, modelsNamed, registeredIn } from '../check/named-models.ts';
import type { HeldModel, RegistryFacts } from '../check/registry.ts';
import type { FileView } from '../check/view.ts';
import { definedNames, wholeOf } from '../check/whole.ts';
import type { Finding, Fix } from '../diagnostic.ts';
import { isPlainText } from '../names/rename.ts';
import type { Range } from '../positions.ts';
import { remembered } from '../remembered.ts';
import { isSlipFor } from '../slip.ts';
import { closest } from '../suggest.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

/**
 * A registry may hold models that no step of the project registers. While nobody knows what it holds, only a slip for one that a
 * step registers is told; where the daemon has said it, whatever is neither there nor registered.
 */
export const unknownModel: Rule = {
  code: 'CRISOL129',
  severity: 'warning',
  title: 'Unknown model',
  check(view) {
    const places = modelsNamed(view);
    const registered = places.length > 0 ? registeredIn(view) : null;
    if (!registered) return [];
    const registry = wholeOf(view).facts.registry?.() ?? null;
    if (!registry) return places.flatMap((place) => slipIn(place, registered, view));
    const known = { view, registered, registry, held: heldIn(registry) };
    return places.flatMap((place) => missingIn(place, known));
  },
};

type Names = ReadonlySet<string>;

interface Known {
  view: FileView;
  registered: Names;
  registry: RegistryFacts;
  /** the models of the registry */
  held: ReadonlyMap<string, HeldModel>;
}

const heldIn = remembered(({ models }: RegistryFacts) => new Map(models.map((model) => [model.name, model])));

function slipIn(place: NamedModelPlace, registered: Names, view: FileView): Finding[] {
  const { name } = place.name;
  if (registered.has(name) || registered.has(name + place.which)) return [];
  const meant = closest(name, registered);
  if (meant === null || !isSlip(name, meant, view) || isWrittenTwice(name, view)) return [];
  return [told(`No step registers a model \`${name}\`: did you mean \`${meant}\`?`, place, meant, view)];
}

const isSlip = (name: string, meant: string | null, view: FileView): boolean =>
  meant !== null && isSlipFor(name, meant) && !isHandedToCommands(name, view);

function missingIn(place: NamedModelPlace, known: Known): Finding[] {
  const { view, registered, held } = known;
  const { name } = place.name;
  // a model may have the whole text as its name
  const whole = name + place.which;
  if (registered.has(whole) || held.has(whole)) return [];
  const model = held.get(name);
  if (model) return missingOf(model, place, known);
  if (registered.has(name)) return [];
  const meant = closest(name, namesIn(known));
  if (mayCome(name, meant, known)) return [];
  const advice = meant === null ? 'correct the name, or add a step that registers it.' : `did you mean \`${meant}\`?`;
  return [
    told(`The model \`${name}\` is neither in the registry nor registered by a step: ${advice}`, place, meant, view),
  ];
}

function* namesIn({ registered, held }: Known): Generator<string> {
  yield* registered;
  yield* held.keys();
}

/** A command may register anything, and give it any alias, until it has been seen to succeed without. */
const mayCome = (name: string, meant: string | null, { view, registry }: Known): boolean =>
  !isSlip(name, meant, view) && commandsIn(view).some((step) => !registry.hasSucceeded(step));

/** A stage may be empty for a while; an alias or a version that is not there leads nowhere. */
function missingOf(model: HeldModel, { name: { name, span }, which }: NamedModelPlace, known: Known): Finding[] {
  const word = which.slice(1);
  const range = known.view.lines.range([span[1] + 1, span[1] + which.length]);
  if (which.startsWith('/')) return missingVersion(model, Number(word), range);
  const { aliases } = model;
  if (word === '' || isStage(word) || !aliases || aliases.includes(word)) return [];
  const meant = closest(word, aliases);
  if (mayCome(word, meant, known)) return [];
  const advice = meant === null ? inWords(aliases) : `did you mean \`${meant}\`?`;
  const message = `The registry has no alias \`${word}\` of \`${name}\`: ${advice}`;
  return [{ range, message, fixes: meant === null ? undefined : [maybe(range, meant)] }];
}

/** Of older versions some may be left out of what is known. */
function missingVersion({ name, newest }: HeldModel, version: number, range: Range): Finding[] {
  if (version <= newest) return [];
  const advice = newest === 0 ? 'it has none.' : `the newest is ${newest}.`;
  return [{ range, message: `The registry has no version ${version} of \`${name}\`: ${advice}` }];
}

/** More names than these nobody reads in a sentence. */
const MOST_NAMED = 5;

function inWords(aliases: readonly string[]): string {
  if (aliases.length === 0) return 'it has none.';
  return aliases.length > MOST_NAMED ? 'correct it.' : `it has ${quotedList(aliases, 'and')}.`;
}

function told(
  message: string,
  { name: { span, role } }: NamedModelPlace,
  meant: string | null,
  view: FileView,
): Finding {
  const range = view.lines.range(span);
  // a name that needs quotes would not be the same in every place, and a key stands once
  const isKeyAlready = role === 'definition' && definedNames(view, 'model').has(meant ?? '');
  const mends = meant !== null && isPlainText(meant) && !isKeyAlready;
  return { range, message, fixes: mends ? [maybe(range, meant)] : undefined };
}

/** Something else may bring the model: another pipeline, a script, a person. */
const maybe = (range: Range, meant: string): Fix => ({ ...replacement(range, meant), unsure: true });
