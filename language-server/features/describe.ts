import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { NOT_RUN_YET } from '../../schemas/language/grammar/shape.ts';
import { inWords } from '../../schemas/language/rules/words.ts';
import { code } from './markdown.ts';

/** The documentation of a key, in Markdown. */
export function describeKey(key: string, shape: Shape, required: boolean): string {
  const { description, later } = shape;
  const takes = later ? '' : `Takes ${inWords(shape)}.`;
  const byDefault = shape.default === undefined ? '' : `By default \`${String(shape.default)}\`.`;
  const facts = [required ? 'Required.' : '', takes, byDefault, later ? `*${NOT_RUN_YET}*` : ''];
  return paragraphs(`**${code(key)}**`, description, facts.filter((fact) => fact !== '').join(' '));
}

/** A built-in step with what its `with` knows. */
export function describeSettings(name: string, shape: Shape): string {
  const rows = Object.entries(shape.properties ?? {}).map(([key, setting]) => {
    const required = shape.required?.includes(key) ? ' (required)' : '';
    return `- ${code(key)}${required}: ${setting.description ?? inWords(setting)}`;
  });
  return paragraphs(`**${code(`uses: ${name}`)}**`, shape.description, rows.join('\n'));
}

export function paragraphs(...texts: (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n');
}
