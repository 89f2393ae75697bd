/** Logs metrics at a steady rate until it is ended: a program of its own, so that it does not disturb who measures. */
import { Agent, request } from 'node:http';

const EVERY_MS = 10;
const [url = '', token = '', runId = '', perSecond = '1000'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const each = (Number(perSecond) * EVERY_MS) / 1000;
const begin = performance.now();
let step = 0;
let answered = 0;

setInterval(() => {
  // what a late timer left out is caught up
  const due = Math.floor((performance.now() - begin) / EVERY_MS) * each;
  while (step < due) log(step++);
}, EVERY_MS);
process.on('message', () => process.send?.({ answered, seconds: (performance.now() - begin) / 1000 }));
process.on('disconnect', () => process.exit());

function log(at: number): void {
  const body = JSON.stringify({
    run_id: runId,
    key: `loss_${at % 4}`,
    value: Math.sin(at / 50),
    timestamp: Date.now(),
    step: at,
  });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  const sent = request(`${url}/api/2.0/mlflow/runs/log-metric`, { method: 'POST', agent, headers }, (response) => {
    response.resume();
    if (response.statusCode === 200) answered++;
  });
  sent.on('error', () => process.exit());
  sent.end(body);
}
