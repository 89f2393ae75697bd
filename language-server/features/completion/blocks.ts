import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind, InsertTextFormat, InsertTextMode, MarkupKind } from 'vscode-languageserver';
import { BUILT_IN_NAMES, BUILT_IN_STEPS } from '../../../schemas/language/grammar/built-in-steps.ts';
import { FILE_SHAPE } from '../../../schemas/language/grammar/file.ts';
import type { Shape } from '../../../schemas/language/grammar/shape.ts';
import { choicesOf, entryShape, NOT_RUN_YET, optionFor, shapeOf } from '../../../schemas/language/grammar/shape.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import { describeSettings, paragraphs } from '../describe.ts';
import { exampleOf } from '../examples.ts';

/** A whole entry with blanks to fill in. */
interface Block {
  label: string;
  detail: string;
  documentation: string | undefined;
  lines: string[];
}

/** Where the block is put: lines after the first are so far in. */
export interface BlockPlace {
  range: Range;
  column: number;
  /** `- ` before it, or not */
  asItem: boolean;
}

/** New entries of a section whose keys a person chooses: a step of each kind, a dataset, an endpoint. */
export function blockItems(section: string, place: BlockPlace): CompletionItem[] {
  const entry = entryShape(FILE_SHAPE.properties?.[section] ?? {});
  if (!entry) return [];
  const blocks = section === 'steps' ? stepBlocks() : [entryBlock(section, entry)];
  return blocks.map((block, at) => blockItem(block, place, at));
}

/** A new item of a list of maps, such as a schedule or a gate. */
export function listBlockItem(key: string, item: Shape, place: BlockPlace): CompletionItem[] {
  const keys = itemKeys(item);
  if (keys.length === 0) return [];
  const blanks = new Blanks();
  const lines = keys.map((name) => `${name}: ${blanks.of(name, item.properties?.[name] ?? {})}`);
  const words = inSentence(item.description);
  const block = { label: `new ${singular(key)}`, detail: words, documentation: item.description, lines };
  return [blockItem(block, place, 0)];
}

/** What it cannot do without, else what most begin with. */
function itemKeys({ required = [], properties = {} }: Shape): string[] {
  if (required.length > 0) return required;
  if (properties.metric) return ['metric', 'min'];
  return properties.column ? ['column', 'not_null'] : [];
}

function stepBlocks(): Block[] {
  const builtIn = BUILT_IN_NAMES.map((name): Block => {
    const shape = shapeOf(BUILT_IN_STEPS[name]);
    const blanks = new Blanks();
    const first = `${blanks.named(name)}:`;
    const settings = (shape.required ?? []).map(
      (key) => `    ${key}: ${blanks.of(key, shape.properties?.[key] ?? {})}`,
    );
    const lines = [first, `  uses: ${name}`, '  with:', ...settings];
    const documentation = describeSettings(name, shape);
    return { label: `new step: ${name}`, detail: inSentence(shape.description), documentation, lines };
  });
  const blanks = new Blanks();
  const lines = [
    `${blanks.named('prepare')}:`,
    `  run: ${blanks.named('python src/prepare.py')}`,
    `  deps: [${blanks.named('src/prepare.py')}]`,
    `  outs: [${blanks.named('build/data.csv')}]`,
  ];
  const documentation = 'A command of your own, with the files that it reads (`deps`) and writes (`outs`).';
  return [
    ...builtIn,
    { label: 'new step: run', detail: 'a command of your own', documentation, lines },
    notebookBlock(),
  ];
}

function notebookBlock(): Block {
  const blanks = new Blanks();
  const name = blanks.named('explore');
  const command = `notebook ${blanks.named('notebooks/explore.ipynb')} ${blanks.named('depth=3')}`;
  const documentation = 'A notebook with its parameters. Name where it is written to behind it, if that is to be kept.';
  const lines = [`${name}:`, `  run: ${command}`, `  deps: [${blanks.named('data/train.csv')}]`];
  return { label: 'new step: notebook', detail: 'a notebook, through Jupyter', documentation, lines };
}

/** A trigger that others may ask for by its name. */
export function manualTriggerItem(place: BlockPlace): CompletionItem {
  const blanks = new Blanks();
  const lines = [
    `${blanks.named('retrain')}:`,
    `  description: ${blanks.named('Trains with other params')}`,
    '  inputs:',
    `    ${blanks.named('l2')}: {type: \${4|number,string,boolean|}}`,
  ];
  const documentation =
    '`crisol trigger NAME`, or a request over HTTP, runs the pipeline with the params that are given.';
  return blockItem({ label: 'new trigger', detail: 'runs when somebody asks for it', documentation, lines }, place, 0);
}

function entryBlock(section: string, entry: Shape): Block {
  const shape = optionFor(entry, 'object') ?? {};
  const blanks = new Blanks();
  const what = singular(section);
  const keys = (shape.required ?? Object.keys(shape.properties ?? {}).slice(0, 1)).map(
    (key) => `  ${key}: ${blanks.later(key, shape.properties?.[key] ?? {})}`,
  );
  const isLater = FILE_SHAPE.properties?.[section]?.later ?? false;
  return {
    label: `new ${what}`,
    detail: isLater ? NOT_RUN_YET : inSentence(shape.description),
    documentation: paragraphs(shape.description, isLater ? `*${NOT_RUN_YET}*` : undefined),
    lines: [`\${1:my-${what}}:`, ...keys],
  };
}

const singular = (section: string): string => section.replace(/s$/, '');

const inSentence = (text = ''): string => text.replace(/\.$/, '').split(/[.:] /, 1)[0] ?? '';

/** Within a blank of a snippet these would end it. */
const escaped = (text: string): string => text.replaceAll(/[\\}$]/g, '\\$&');

/** Numbered as they come. */
class Blanks {
  #next = 1;

  named(example: string): string {
    return `\${${this.#next++}:${escaped(example)}}`;
  }

  of(key: string, shape: Shape): string {
    const choices = choicesOf(shape);
    if (choices && choices.length > 1) return `\${${this.#next++}|${choices.join(',')}|}`;
    const example = exampleOf(key, shape);
    // quotes stay when their content is written anew
    const quoted = /^"(.*)"$/.exec(example);
    return quoted ? `"${this.named(quoted[1] ?? '')}"` : this.named(example);
  }

  /** The first blank is the name. */
  later(key: string, shape: Shape): string {
    this.#next = Math.max(2, this.#next);
    return optionFor(shape, 'array') && !optionFor(shape, 'object') && !shape.anyOf
      ? `[${this.named('me')}]`
      : this.of(key, shape);
  }
}

function blockItem({ label, detail, documentation, lines }: Block, place: BlockPlace, at: number): CompletionItem {
  const [first = '', ...rest] = lines;
  const indent = ' '.repeat(place.column + (place.asItem ? 2 : 0));
  const newText = [place.asItem ? `- ${first}` : first, ...rest.map((line) => indent + line)].join('\n');
  return {
    label,
    detail,
    kind: CompletionItemKind.Snippet,
    documentation: documentation ? { kind: MarkupKind.Markdown, value: documentation } : undefined,
    sortText: `00${String(at).padStart(2, '0')}`,
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: place.range, newText },
  };
}
