import type { Command } from 'commander';
import { formatWhole } from '../../../schemas/count-text.ts';
import type { EndpointDetail, EndpointList, FeatureRecord, PredictAnswer } from '../../../schemas/wire/serving.ts';
import { CrisolError } from '../../base/errors.ts';
import { Api, segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { readText } from '../files.ts';
import { table } from '../text.ts';

interface PredictOptions extends CommonOptions {
  data: string;
}

/** serve, endpoints, predict */
export function servingCommands(): Command[] {
  return [
    command('serve', 'start an endpoint of crisol.yaml, or serve a model: NAME, NAME@STAGE, NAME@ALIAS, NAME/VERSION')
      .argument('<name>')
      .option('--stop', 'stop it instead')
      .action(serve),
    command('endpoints', 'list the endpoints').action(endpoints),
    command('predict', 'ask an endpoint that serves')
      .argument('<name>')
      .requiredOption('--data <json>', 'a record, or a list of them, as JSON, @FILE, or @- for standard input')
      .action(predict),
  ];
}

async function serve(name: string, options: CommonOptions & { stop?: boolean }): Promise<void> {
  const { api } = await connect(options);
  const endpoint = await api.post<EndpointDetail>(`/endpoints/${segment(name)}/${options.stop ? 'stop' : 'start'}`);
  print(options, endpoint, options.stop ? `${name} is stopped.` : inWords(endpoint));
}

function inWords(endpoint: EndpointDetail): string {
  const record = JSON.stringify(exampleOf(endpoint)).replaceAll("'", "'\\''");
  return [
    `${endpoint.name} serves ${endpoint.model} v${endpoint.version} at ${endpoint.url}`,
    '',
    `curl ${endpoint.url}/predict -H 'Authorization: Bearer ${endpoint.token}' \\`,
    `  -H 'Content-Type: application/json' -d '${record}'`,
  ].join('\n');
}

function exampleOf({ signature }: EndpointDetail): FeatureRecord {
  return Object.fromEntries((signature?.inputs ?? []).map(({ name, example }) => [name, example]));
}

async function endpoints(options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const list = await api.get<EndpointList>('/endpoints');
  const rows = list.endpoints.map(({ name, state, model_ref, version, requests, errors, p99_ms, url, problem }) => [
    name,
    state,
    version === null ? model_ref : `${model_ref} (v${version})`,
    formatWhole(requests),
    formatWhole(errors),
    p99_ms === null ? '–' : `${p99_ms.toFixed(1)} ms`,
    problem ?? url ?? '',
  ]);
  const titles = [
    'endpoint',
    'state',
    'model',
    { right: 'requests' },
    { right: 'errors' },
    { right: 'p99' },
    'address',
  ];
  print(options, list, rows.length > 0 ? table(titles, rows) : 'crisol.yaml names no endpoints.');
}

async function predict(name: string, options: PredictOptions): Promise<void> {
  const data = readData(options.data);
  const { api } = await connect(options);
  const host = await hostOf(api, name);
  if (Array.isArray(data)) {
    const batch = await host.send<{ predictions: PredictAnswer[] }>('POST', '/predict/batch', { records: data });
    print(options, batch, batch.predictions.map(asLine).join('\n'));
  } else {
    const answer = await host.send<PredictAnswer>('POST', '/predict', data);
    print(options, answer, `${asLine(answer)}  (v${answer.version}, ${answer.latency_ms.toFixed(1)} ms)`);
  }
}

function asLine({ label, probabilities }: PredictAnswer): string {
  const likeliest = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return [label, ...likeliest.map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`)].join('  ');
}

/** The endpoint's own server, which must be there already. */
export async function hostOf(api: Api, name: string): Promise<Api> {
  const { state, url, token, problem } = await api.get<EndpointDetail>(`/endpoints/${segment(name)}`);
  if (state === 'ready' && url !== null && token !== null) return new Api({ url, token });
  const why = problem === null ? '' : ` ${problem}`;
  const now = state === 'failed' ? 'has failed' : `is ${state}`;
  throw new CrisolError('ENDPOINT_NOT_READY', `The endpoint ${name} ${now}.${why}`);
}

function readData(text: string): unknown {
  const json = text.startsWith('@') ? readText(text.slice(1)) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new CrisolError('ENDPOINT_INPUT_INVALID', '--data is not JSON.', {
      cause,
      hint: 'Give a JSON object or a list of them, or @FILE that holds one.',
    });
  }
}
