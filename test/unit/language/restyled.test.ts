import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DocumentOptions, ParseOptions, SchemaOptions, ToStringOptions } from 'yaml';
import { parseDocument, visit } from 'yaml';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'golden', 'valid');
const PARSING: ParseOptions & DocumentOptions & SchemaOptions = { uniqueKeys: false, logLevel: 'silent' };

type Style = ToStringOptions & { blocks?: 'BLOCK_FOLDED' | 'BLOCK_LITERAL' };

const STYLES: Record<string, Style> = {
  braces: { collectionStyle: 'flow' },
  'braces over many lines': { collectionStyle: 'flow', lineWidth: 20, flowCollectionPadding: false },
  blocks: { collectionStyle: 'block' },
  'blocks over many lines': { collectionStyle: 'block', indent: 4, indentSeq: false, lineWidth: 20 },
  'double quotes': { collectionStyle: 'block', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
  'double quotes over many lines': { collectionStyle: 'block', defaultStringType: 'QUOTE_DOUBLE', lineWidth: 25 },
  'single quotes': { collectionStyle: 'flow', defaultStringType: 'QUOTE_SINGLE' },
  'folded texts': { collectionStyle: 'block', lineWidth: 30, blocks: 'BLOCK_FOLDED' },
  'literal texts': { collectionStyle: 'block', lineWidth: 0, blocks: 'BLOCK_LITERAL' },
};

/** The same file written otherwise; null where the library does not write the same. */
function restyled(text: string, { blocks, ...style }: Style): string | null {
  const document = parseDocument(text, PARSING);
  if (blocks) {
    visit(document, {
      Scalar(key, node) {
        if (key !== 'key' && typeof node.value === 'string' && node.value.includes(' ')) node.type = blocks;
      },
    });
  }
  const written = document.toString({ nullStr: 'null', ...style });
  const again = parseDocument(written, PARSING);
  const isSame =
    again.errors.length === 0 && JSON.stringify(again.toJS()) === JSON.stringify(parseDocument(text, PARSING).toJS());
  return isSame ? written : null;
}

describe('a valid file stays valid in', () => {
  it.each(Object.entries(STYLES))('%s', (_, style) => {
    const names = readdirSync(FOLDER);
    const written = names.flatMap((name) => {
      const text = restyled(readFileSync(join(FOLDER, name), 'utf8'), style);
      return text === null ? [] : [{ name, text }];
    });
    expect(written.length).toBeGreaterThan(names.length * 0.9);
    const alarms = written.flatMap(({ name, text }) => {
      const { diagnostics } = parsePipelineFile(text, { role: name.includes('.crisol.') ? 'part' : 'main' });
      return diagnostics.filter(({ code }) => code !== 'CRISOL116').map(({ code, message }) => [name, code, message]);
    });
    expect(alarms).toEqual([]);
  });
});
