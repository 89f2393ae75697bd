/** The yardstick: a bare fastify route with one insert a request, same SQLite settings, no grouping. */
import Database from 'better-sqlite3';
import fastify from 'fastify';

const [file = ''] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec('CREATE TABLE points (run_id TEXT, key TEXT, value REAL, timestamp INTEGER, step INTEGER)');
const insert = db.prepare('INSERT INTO points VALUES (@run_id, @key, @value, @timestamp, @step)');

const app = fastify();
app.post('/api/2.0/mlflow/runs/log-metric', (request) => {
  insert.run(request.body);
  return {};
});
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
if (address && typeof address === 'object') {
  process.send?.({ port: address.port, runId: 'a'.repeat(32), token: 'none' });
}
