import type { SchemaElement } from 'hyparquet';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import type { Column } from '../../files.ts';
import { beginningOf } from './beginning.ts';

export interface Footer {
  rows: number;
  columns: Column[];
}

/** What the first bytes of a footer tell; null for one that is broken. */
export function readFooter(first: Uint8Array): Footer | null {
  try {
    // looking for geography it would go back, and round for ever, where a column has less than no columns in it
    const { schema, num_rows: rows } = parquetMetadata(whole(beginningOf(first)), { geoparquet: false });
    const columns = columnsIn(schema);
    return columns && typeof rows === 'bigint' && rows >= 0n ? { rows: Number(rows), columns } : null;
  } catch {
    return null;
  }
}

/** No groups of rows, the end of the struct, its length and the mark of the format. */
function whole(beginning: Uint8Array): Uint8Array {
  const metadata = Buffer.concat([beginning, Buffer.from([0x19, 0x0c, 0x00])]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([metadata, length, Buffer.from('PAR1')]);
}

/** A tree, written as one goes through it: its root, then each column, followed by those within it. */
function columnsIn([root, ...elements]: SchemaElement[]): Column[] | null {
  const columns: Column[] = [];
  let within = 0;
  for (const element of elements) {
    const children = element.num_children ?? 0;
    if (children < 0) return null;
    if (within > 0) within--;
    else columns.push({ name: element.name, type: typeOf(element) });
    within += children;
  }
  return within === 0 && columns.length === root?.num_children ? columns : null;
}

/** In the words of a dataset's checks, as far as they have one. */
function typeOf({ type, repetition_type, logical_type, converted_type, num_children }: SchemaElement): string {
  if (repetition_type === 'REPEATED') return 'list';
  const meant = BY_MEANING.get(logical_type?.type ?? '') ?? BY_MEANING.get(converted_type ?? '');
  if (meant !== undefined) return meant;
  if (num_children) return 'record';
  return BY_STORAGE.get(type ?? '') ?? 'binary';
}

const each = (names: string, word: string): [string, string][] => names.split(' ').map((name) => [name, word]);

const BY_MEANING = new Map([
  ...each('STRING UTF8 ENUM JSON UUID', 'string'),
  ...each('INTEGER INT_8 INT_16 INT_32 INT_64 UINT_8 UINT_16 UINT_32 UINT_64', 'integer'),
  ...each('DECIMAL FLOAT16', 'number'),
  ...each('DATE', 'date'),
  ...each('TIMESTAMP TIMESTAMP_MILLIS TIMESTAMP_MICROS', 'timestamp'),
  ...each('TIME TIME_MILLIS TIME_MICROS', 'time'),
  ...each('LIST', 'list'),
  ...each('MAP MAP_KEY_VALUE', 'map'),
]);

const BY_STORAGE = new Map([
  ...each('BOOLEAN', 'boolean'),
  ...each('INT32 INT64', 'integer'),
  ...each('FLOAT DOUBLE', 'number'),
  ...each('INT96', 'timestamp'),
]);
