/** The room's door: data files, read and written by column. DuckDB is behind it, so the daemon's own process stays outside. */
export type { ColumnKind, Table, TableColumn } from './table.ts';
export { isNumeric, withTable } from './table.ts';
export { writePart } from './write.ts';
