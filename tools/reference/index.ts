import { FUNCTIONS, signatureOf } from '../../schemas/language/expressions/functions.ts';
import { BUILT_IN_NAMES, BUILT_IN_STEPS } from '../../schemas/language/grammar/built-in-steps.ts';
import { FILE_SHAPE } from '../../schemas/language/grammar/file.ts';
import { FORMATS } from '../../schemas/language/grammar/formats.ts';
import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { entryShape, shapeOf } from '../../schemas/language/grammar/shape.ts';
import { CATALOGUE } from '../../schemas/language/rules/index.ts';
import { EXAMPLES } from './examples.ts';
import type { Known } from './tables.ts';
import { anchorOf, keyTable, mapsIn, placeOf, row } from './tables.ts';
import { exampleValues } from './values.ts';

/** In the order in which a project grows. */
const SECTIONS = ['steps', 'datasets', 'features', 'sweeps', 'models', 'endpoints', 'monitors', 'on'];

const INTRO = `# crisol.yaml: every key

This page is made from the grammar that the editor, \`crisol lint\` and the daemon read, so that it is what they accept. How the pieces work together, and what each diagnostic
means, is told in [crisol.yaml](crisol-yaml.md).

\`NAME\` stands for a name of your own, \`[]\` for each item of a list. A [\`\${{ … }}\`](#expressions) may stand in place of any value but \`version\` and \`uses\`. What says *Not
run yet* is checked and has no effect in this version.`;

/** The reference page, whole. */
export function referencePage(): string {
  const known = { values: exampleValues(), places: places() };
  const [steps, ...sections] = SECTIONS.map((name) => section(name, known));
  const parts = [INTRO, contents(), fileSection(known), steps, builtInSteps(known), ...sections];
  return `${[...parts, expressions(), formats(), rules()].join('\n\n')}\n`;
}

/** The first place of each map of keys. */
function places(): Map<object, string> {
  const found = new Map<object, string>();
  for (const { path, shape } of SECTIONS.flatMap((name) => mapsIn(name, FILE_SHAPE.properties?.[name] ?? {}))) {
    const keys = shape.properties ?? {};
    if (!found.has(keys)) found.set(keys, path);
  }
  return found;
}

function contents(): string {
  const titles = [
    'The file',
    'steps',
    'Built-in steps',
    ...SECTIONS.slice(1),
    'Expressions',
    'Kinds of texts',
    'Diagnostics',
  ];
  return titles.map((title) => `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`).join(' · ');
}

function fileSection(known: Known): string {
  const table = keyTable({ path: '', shape: FILE_SHAPE }, known);
  // a section has a heading of its own, not one for its entries
  const linked = table.replaceAll(/\[below\]\(#\.?(\w+?)(name)?\)/g, (_, path: string) => `[below](#${path})`);
  return [`## The file`, yaml(EXAMPLES.file), linked].join('\n\n');
}

function section(name: string, known: Known): string {
  const shape = FILE_SHAPE.properties?.[name] ?? {};
  const later = shape.later ? ['*Not run yet.*'] : [];
  const maps = mapsIn(name, shape);
  const first = entryShape(shape) ? [] : [keyTable(maps[0] ?? { path: name, shape }, known)];
  const own = maps.filter((map) => placeOf(map, known) === map.path);
  const rest = own.slice(first.length).map((map) => keyedMap(map.path, map.shape, known));
  return [`## ${name}`, [shape.description, ...later].join(' '), yaml(EXAMPLES[name]), ...first, ...rest].join('\n\n');
}

function keyedMap(path: string, shape: Shape, known: Known): string {
  const later = shape.later ? ' *Not run yet.*' : '';
  return [heading(path), `${shape.description ?? ''}${later}`, keyTable({ path, shape }, known)].join('\n\n');
}

/** The anchor is written: what is made of dots and brackets differs from one reader to another. */
const heading = (path: string): string => `<a id="${anchorOf(path)}"></a>\n### \`${path}\``;

function builtInSteps(known: Known): string {
  const each = BUILT_IN_NAMES.map((name) => {
    const shape = shapeOf(BUILT_IN_STEPS[name]);
    const table = keyTable({ path: `uses-${name}`, shape }, known);
    return [`<a id="uses-${name}"></a>\n### \`uses: ${name}\``, shape.description, yaml(EXAMPLES[name]), table].join(
      '\n\n',
    );
  });
  return ['## Built-in steps', 'What `with` takes depends on `uses`.', ...each].join('\n\n');
}

const GIVES = { any: 'any value', boolean: '`true` or `false`', string: 'a text' } as const;

function expressions(): string {
  const rows = Object.entries(FUNCTIONS).map(([name, known]) => {
    const parameters = known.parameters.map((one) => `\`${one.name}\`: ${one.description}`).join(' ');
    const later = known.later ? ' *Known only while the pipeline runs.*' : '';
    return row([`\`${signatureOf(name, known)}\``, GIVES[known.gives], `${known.description}${later}`, parameters]);
  });
  return [
    '## Expressions',
    'Names, operators and where expressions stand: [crisol.yaml](crisol-yaml.md#expressions). The functions:',
    [row(['function', 'gives', 'meaning', 'values']), row(['---', '---', '---', '---']), ...rows].join('\n'),
  ].join('\n\n');
}

function formats(): string {
  const rows = Object.entries(FORMATS).map(([name, { takes }]) => row([name, takes]));
  return [
    '## Kinds of texts',
    'Where a key takes one of these, other texts are refused.',
    [row(['kind', 'is']), row(['---', '---']), ...rows].join('\n'),
  ].join('\n\n');
}

function rules(): string {
  const rows = CATALOGUE.map(({ code, severity, title }) =>
    row([`[${code}](crisol-yaml.md#${code.toLowerCase()})`, severity, title]),
  );
  return ['## Diagnostics', [row(['code', 'severity', 'title']), row(['---', '---', '---']), ...rows].join('\n')].join(
    '\n\n',
  );
}

const yaml = (text = ''): string => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
