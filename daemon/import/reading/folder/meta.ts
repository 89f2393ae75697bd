import { join } from 'node:path';
import type { YAMLMap } from 'yaml';
import { isMap, isScalar, parseDocument } from 'yaml';
import { messageOf } from '../../../base/errors.ts';
import type { Tree } from '../tree.ts';

type Fields = ReadonlyMap<string, string | ReadonlyMap<string, string>>;

/** A `meta.yaml` of MLflow: names and plain values, at most one level of names below. */
export class Meta {
  private readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }

  /** Undefined, and noted, when there is none or when it makes no sense. */
  static in(tree: Tree, folder: string): Meta | undefined {
    const file = join(folder, 'meta.yaml');
    if (!tree.isFile(file)) {
      tree.note(folder, 'It has no meta.yaml.');
      return undefined;
    }
    const text = tree.text(file);
    if (text === undefined) return undefined;
    try {
      return new Meta(readFields(text));
    } catch (failure) {
      tree.note(file, messageOf(failure));
      return undefined;
    }
  }

  /** The first of these that is there; empty when none is, or null. */
  text(...names: string[]): string {
    const values = names.map((name) => this.fields.get(name));
    return values.find((value) => typeof value === 'string') ?? '';
  }

  /** A time in milliseconds; undefined when it is absent, null or none. */
  time(name: string): number | undefined {
    const text = this.text(name);
    const value = Number(text);
    return text !== '' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }

  pairs(name: string): { key: string; value: string }[] {
    const inner = this.fields.get(name);
    return inner === undefined || typeof inner === 'string' ? [] : [...inner].map(([key, value]) => ({ key, value }));
  }
}

function readFields(text: string): Fields {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n')[0]);
  if (!isMap(document.contents)) throw new Error('It is no list of names and values.');
  const fields = new Map<string, string | ReadonlyMap<string, string>>(scalars(document.contents));
  for (const { key, value } of document.contents.items) {
    if (isMap(value)) fields.set(String(key), new Map(scalars(value)));
  }
  return fields;
}

/** As they are written: a name such as 1e3 is no number. */
function scalars(map: YAMLMap): [string, string][] {
  return map.items.flatMap(({ key, value }): [string, string][] => {
    if (!isScalar(value) || value.value === null) return [];
    const text = typeof value.value === 'string' ? value.value : (value.source ?? String(value.value));
    return [[String(key), text]];
  });
}
