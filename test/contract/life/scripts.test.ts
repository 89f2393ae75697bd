import { Agent, request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { isAlive } from '../../support/processes.ts';
import { anotherHasLeft, LifeHouse } from './crisol.ts';

let house: LifeHouse;
afterEach(() => house.dispose());

function log({ url, token }: DaemonInfo, agent: Agent): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`, { agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode));
    });
    asked.once('error', reject).end();
  });
}

it('a script that computes for long without logging finds the daemon still there, which leaves after its end', async () => {
  house = new LifeHouse();
  const info = await house.impatient();
  // as MLflow's client: one connection, kept for as long as the process lives
  const agent = new Agent({ keepAlive: true });
  expect(await log(info, agent)).toBe(200);
  await anotherHasLeft();
  expect(isAlive(info.pid)).toBe(true);
  agent.destroy();
  await house.gone(info.pid);
  expect(house.log()).toContain('nobody used it');
});
