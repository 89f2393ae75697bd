import { quotedList } from '../../../schemas/language/rules/words.ts';
import type { Entry } from '../../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import { normalPath } from '../../../schemas/language/values/paths.ts';
import type { Analysis } from '../../projects/analysis.ts';
import type { Change } from './change.ts';
import { addTo, addToList } from './insert.ts';

/** What a step waits for by its paths and expressions, said in `needs` as well. */
export function writeNeeds(step: Entry, analysis: Analysis): Change[] {
  const { edges } = analysis.view;
  const said = analysis.model.steps.find(({ name }) => name === step.key)?.needs.map(({ value }) => value) ?? [];
  const inferred = edges.filter(({ from, to }) => from === step.key && to !== from && !said.includes(to));
  const names = [...new Set(inferred.map(({ to }) => to))];
  const title = `Say in \`needs\` that it waits for ${quotedList(names, 'and')}`;
  if (names.length === 0) return [];
  const edit = findEntry(step.value, 'needs')
    ? addToList(step, 'needs', names.join(', '), analysis)
    : addTo(step, step.value, { key: 'needs', short: `[${names.join(', ')}]` }, analysis);
  // in a list below its key each has a line of its own
  return edit && !(names.length > 1 && edit.newText.includes('- ')) ? [{ title, edits: [edit] }] : [];
}

/** A path in a script that another step writes: without a dep, the step would not wait for it. */
export function missingDep(step: Entry, offset: number, analysis: Analysis): Change[] {
  const run = findEntry(step.value, 'run');
  if (!run || offset < run.value.span[0] || offset > run.value.span[1]) return [];
  const path = pathAround(analysis.document.text, offset);
  if (path === null) return [];
  const { paths } = analysis.view;
  const own = paths.find(({ name }) => name === step.key);
  const writer = paths.find(({ name, writes }) => name !== step.key && writes.some(({ value }) => value === path));
  if (!writer || [...(own?.reads ?? []), ...(own?.writes ?? [])].some(({ value }) => value === path)) return [];
  const edit = addToList(step, 'deps', path, analysis);
  return edit ? [{ title: `Add \`${path}\`, which \`${writer.name}\` writes, to \`deps\``, edits: [edit] }] : [];
}

const PATH = /[\w./-]/;

function pathAround(text: string, offset: number): string | null {
  let [start, end] = [offset, offset];
  while (start > 0 && PATH.test(text.charAt(start - 1))) start--;
  while (end < text.length && PATH.test(text.charAt(end))) end++;
  const word = text.slice(start, end);
  return /[\w]/.test(word) ? normalPath(word) : null;
}
