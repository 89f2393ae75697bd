/** Runs long queries on a thread of its own, read-only, so that the daemon's event loop never waits for a table scan. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

export interface ReadRequest {
  id: number;
  sql: string;
  params: readonly unknown[];
}
/** An error loses its code on the way between threads: it goes as its parts. */
export interface ReadFailure {
  message: string;
  code: string | undefined;
}
export type ReadAnswer = { id: number; rows: unknown[] } | { id: number; failure: ReadFailure };

const { file } = workerData as { file: string };
const db = new Database(file, { readonly: true });

parentPort?.on('message', ({ id, sql, params }: ReadRequest) => {
  parentPort?.postMessage(answer(id, sql, params));
});

function answer(id: number, sql: string, params: readonly unknown[]): ReadAnswer {
  try {
    return { id, rows: db.prepare(sql).all(...params) };
  } catch (failure) {
    const { message, code } = failure as Partial<ReadFailure>;
    return { id, failure: { message: String(message ?? failure), code } };
  }
}
