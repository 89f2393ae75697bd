import { resolve } from 'node:path';
import { Command } from 'commander';
import { SAMPLE_NAME, trafficRecords, writeSample } from '../../../samples/index.ts';
import { formatWhole } from '../../../schemas/count-text.ts';
import type { EndpointDetail } from '../../../schemas/wire/serving.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { count } from '../text.ts';
import { positiveInteger } from '../usage.ts';
import { hostOf } from './serving.ts';

const CLIENTS = 8;

interface TrafficOptions extends CommonOptions {
  drift?: boolean;
  endpoint: string;
  count: number;
}

/** demo project, demo traffic */
export function demoCommand(): Command {
  return new Command('demo')
    .description('the sample project: football matches')
    .addCommand(command('project', 'copy the sample project into a folder').argument('<folder>').action(project))
    .addCommand(
      command('traffic', 'send matches to the endpoint of the sample, starting it if need be')
        .option('--drift', 'matches of later seasons, in which some columns are distributed otherwise')
        .option('--endpoint <name>', 'where to', SAMPLE_NAME)
        .option('--count <requests>', 'how many', positiveInteger, 1500)
        .action(traffic),
    );
}

async function project(folder: string, options: CommonOptions): Promise<void> {
  const target = resolve(folder);
  const { written } = await writeSample(target);
  const text = written ? `The sample project is in ${target}.` : `${target} has a crisol.yaml: it was left as it is.`;
  print(options, { folder: target, written }, text);
}

async function traffic(options: TrafficOptions): Promise<void> {
  const { api } = await connect(options);
  await startIfNeeded(api, options.endpoint);
  const host = await hostOf(api, options.endpoint);
  const started = Date.now();
  const labels = await send(host, options.count, options.drift === true);
  const seconds = (Date.now() - started) / 1000;
  const answers = [...labels].sort().map(([label, times]) => `${label} ${formatWhole(times)}`);
  const text = [
    `${count(options.count, 'request')} answered in ${seconds.toFixed(1)} s: ${answers.join(', ')}`,
    `The next report of the monitors has them: \`${asTyped(options, 'monitors')}\` shows it.`,
  ];
  print(options, { requests: options.count, seconds, answers: Object.fromEntries(labels) }, text.join('\n'));
}

/** Another command of the same project, as it works where this one was typed. */
function asTyped({ workspace }: CommonOptions, name: string): string {
  const called = `${process.env.CRISOL_CALLED ?? 'crisol'} ${name}`;
  return workspace === undefined ? called : `${called} --workspace "${workspace}"`;
}

async function startIfNeeded(api: Api, name: string): Promise<void> {
  const { state } = await api.get<EndpointDetail>(`/endpoints/${segment(name)}`);
  if (state !== 'ready') await api.post(`/endpoints/${segment(name)}/start`);
}

/** Several clients share one source of matches until enough are sent. */
async function send(host: Api, wanted: number, drift: boolean): Promise<Map<string, number>> {
  const records = trafficRecords({ drift, seed: Date.now() % 1_000_000 });
  const labels = new Map<string, number>();
  let sent = 0;
  const client = async () => {
    while (sent < wanted) {
      sent++;
      const { label } = await host.send<{ label: string }>('POST', '/predict', records.next().value);
      labels.set(label, (labels.get(label) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return labels;
}
