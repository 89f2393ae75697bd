import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_STEPS } from '../../../../schemas/language/grammar/built-in-steps.ts';
import { FILE_SHAPE } from '../../../../schemas/language/grammar/file.ts';
import type { Shape } from '../../../../schemas/language/grammar/shape.ts';
import { entryShape, shapeOf } from '../../../../schemas/language/grammar/shape.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { asFile, EXAMPLES } from '../../../../tools/reference/examples.ts';
import { referencePage } from '../../../../tools/reference/index.ts';
import { exampleValues } from '../../../../tools/reference/values.ts';
import { expectGolden } from '../../../support/golden-file.ts';

const page = referencePage();

/** Every key of the grammar, with its shape. */
function keysIn(shape: Shape, path: string): [string, Shape][] {
  return (shape.anyOf ?? [shape]).flatMap((option) => {
    const own = Object.entries(option.properties ?? {}).flatMap(([key, child]): [string, Shape][] => [
      [`${path}.${key}`, child],
      ...keysIn(child, `${path}.${key}`),
    ]);
    const inner = [entryShape(option), option.items].filter((child) => child !== undefined);
    return [...own, ...inner.flatMap((child) => keysIn(child, path))];
  });
}

const all = [
  ...keysIn(FILE_SHAPE, 'file'),
  ...Object.entries(BUILT_IN_STEPS).flatMap(([name, schema]) => keysIn(shapeOf(schema), name)),
];

/** What a link to a place of the page may name. */
const anchorsOf = (text: string) =>
  new Set([
    ...Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id]) => id),
    ...Array.from(text.matchAll(/^## (.*)$/gm), ([, title = '']) => title.toLowerCase().replaceAll(' ', '-')),
  ]);

const linksTo = (file: string, text: string) =>
  Array.from(text.matchAll(/\]\(([^)#]*)#([^)]+)\)/g), ([, to, id]) => (to === file ? id : '')).filter(
    (id) => id !== '',
  );

describe('the reference page', () => {
  it('is what the grammar says', () => {
    expectGolden('docs/crisol-yaml-reference.md', page);
  });

  it('explains every key, and shows one of each', () => {
    const values = exampleValues();
    expect(all.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
    expect(all.filter(([, shape]) => !values.has(shape)).map(([path]) => path)).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('has a right example of %s', (_, example) => {
    const { diagnostics } = parsePipelineFile(asFile(example));
    // what has no effect yet is right, too
    expect(diagnostics.filter(({ severity }) => severity !== 'information')).toEqual([]);
  });

  it('leads to places that there are, and so does the page that tells the story', () => {
    const guide = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'crisol-yaml.md'), 'utf8');
    const [inPage, inGuide] = [anchorsOf(page), anchorsOf(guide)];
    expect(linksTo('', page).filter((link) => !inPage.has(link))).toEqual([]);
    expect(linksTo('crisol-yaml.md', page).filter((link) => !inGuide.has(link))).toEqual([]);
    expect(linksTo('', guide).filter((link) => !inGuide.has(link))).toEqual([]);
    expect(linksTo('crisol-yaml-reference.md', guide).filter((link) => !inPage.has(link))).toEqual([]);
  });
});
