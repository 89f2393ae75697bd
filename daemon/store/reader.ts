/** Runs long queries on a thread of its own, read-only, so that the daemon's event loop never waits for a table scan. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { CrisolError } from '../base/errors.ts';
import { Patience } from '../base/patience.ts';
import { addSearchFunctions } from './search-functions.ts';

export interface ReaderData {
  file: string;
  /** how long a search of patterns may take */
  mostMs: number;
}
export interface ReadRequest {
  id: number;
  sql: string;
  params: readonly unknown[];
}
/** An error loses its code on the way between threads: it goes as its parts. */
export interface ReadFailure {
  message: string;
  code: string | undefined;
  /** of an error of the catalogue alone */
  hint?: string;
}
export type ReadAnswer = { id: number; rows: unknown[] } | { id: number; failure: ReadFailure };

const { file, mostMs } = workerData as ReaderData;
const db = new Database(file, { readonly: true });
const patience = new Patience(mostMs);
addSearchFunctions(db, patience);

parentPort?.on('message', ({ id, sql, params }: ReadRequest) => {
  parentPort?.postMessage(answer(id, sql, params));
});

function answer(id: number, sql: string, params: readonly unknown[]): ReadAnswer {
  try {
    patience.renew();
    return { id, rows: db.prepare(sql).all(...params) };
  } catch (failure) {
    if (failure instanceof CrisolError) return { id, failure: partsOf(failure) };
    const { message, code } = failure as Partial<ReadFailure>;
    return { id, failure: { message: String(message ?? failure), code } };
  }
}

function partsOf({ message, code, hint }: CrisolError): ReadFailure {
  return { message, code, hint };
}
