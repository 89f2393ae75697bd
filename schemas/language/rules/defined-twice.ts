import type { FileView } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { valueAt } from '../expressions/evaluate.ts';
import { NAMED_SECTIONS } from '../names/sections.ts';
import type { Span } from '../positions.ts';
import { findEntry } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

/** What two files of a project both define: of the two, one would be lost. */
export const definedTwice: Rule = {
  code: 'CRISOL162',
  severity: 'error',
  title: 'Defined in two files',
  check(view) {
    const { files, path } = wholeOf(view);
    const before = files.slice(
      0,
      files.findIndex((file) => file.path === path),
    );
    if (before.length === 0) return [];
    const earlier = before.map((file) => ({ ...file, definitions: definitionsIn(file.view) }));
    return [...definitionsIn(view)].flatMap(([key, { what, span }]): Finding[] => {
      const other = earlier.find(({ definitions }) => definitions.has(key));
      const place = other?.definitions.get(key);
      if (!other || !place) return [];
      return [
        {
          range: view.lines.range(span),
          message: `\`${other.path}\` has ${what} too: keep one of them.`,
          related: [{ path: other.path, range: other.view.lines.range(place.span), message: 'The other.' }],
        },
      ];
    });
  },
};

interface Definition {
  /** "a step `train`" */
  what: string;
  span: Span;
}

const OWN_KINDS = new Set<string>(NAMED_SECTIONS.values());

const known = new WeakMap<FileView['names'], Map<string, Definition>>();

function definitionsIn(view: FileView): Map<string, Definition> {
  const definitions = known.get(view.names) ?? findDefinitions(view);
  known.set(view.names, definitions);
  return definitions;
}

function findDefinitions(view: FileView): Map<string, Definition> {
  const found = new Map<string, Definition>();
  const add = (key: string, what: string, span: Span) => {
    if (!found.has(key)) found.set(key, { what, span });
  };
  for (const { kind, name, role, span } of view.names) {
    if (role !== 'definition') continue;
    if (OWN_KINDS.has(kind)) add(`${kind} ${name}`, `${kind === 'endpoint' ? 'an' : 'a'} ${kind} \`${name}\``, span);
    // two groups of params become one; a value is only one
    else if (kind === 'param' && isLeaf(name, view)) add(`param ${name}`, `a param \`${name}\``, span);
  }
  const env = findEntry(view.root, 'env')?.value;
  for (const { key, keySpan } of env?.kind === 'map' ? env.entries : [])
    add(`env ${key}`, `a variable \`${key}\``, keySpan);
  const name = findEntry(view.root, 'name');
  if (name) add('name', 'a name of the project', name.keySpan);
  return found;
}

function isLeaf(name: string, { model }: FileView): boolean {
  const value = valueAt(model.params.values, name.split('.'));
  return typeof value !== 'object' || value === null || Array.isArray(value);
}
