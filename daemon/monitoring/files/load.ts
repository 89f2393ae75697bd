import type { Table, TableColumn } from '../../data/index.ts';
import { isNumeric, withTable } from '../../data/index.ts';
import type { Cell } from '../columns/prepare.ts';
import type { Frame } from './infer.ts';

/** Reads a whole data file by column, in a program of its own: never in the daemon. */
export function loadFrame(path: string): Promise<Frame> {
  return withTable(path, async (table) => {
    const frame: [string, Frame[string]][] = [];
    for (const column of table.columns) {
      frame.push([column.name, { type: column.kind, values: await cells(table, column) }]);
    }
    return Object.fromEntries(frame);
  });
}

/** Numbers as such, everything else as text; null where there is nothing. */
async function cells(table: Table, column: TableColumn): Promise<Cell[]> {
  if (!isNumeric(column)) return table.texts(column.name);
  const numbers = await table.numbers(column.name);
  return Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));
}
