import type { VNode } from 'preact';
import type { RunOrigin } from '../../../schemas/panels/run-details.ts';
import type { RunDataset } from '../../../schemas/wire/run-inputs.ts';
import { Scroller } from '../../shared/scroller.tsx';

/** What the run read, and which models it took and gave. */
export function DataPart({ origin: { inputs, models } }: { origin: RunOrigin }): VNode {
  const { datasets, model_ids } = inputs;
  return (
    <section aria-labelledby="part-data">
      <h2 id="part-data">Data and models</h2>
      {datasets.length === 0 ? (
        <p class="muted">No dataset was logged. A script logs one with mlflow.log_input(dataset).</p>
      ) : (
        <Datasets datasets={datasets} />
      )}
      {models.length + model_ids.length > 0 ? (
        <ul class="models" aria-label="Models">
          {models.map(({ model_id, name }) => (
            <li key={model_id}>
              Logged {name || 'a model'} <code>{model_id}</code>
            </li>
          ))}
          {model_ids.map((id) => (
            <li key={id}>
              Read <code>{id}</code>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Datasets({ datasets }: { datasets: RunDataset[] }): VNode {
  return (
    <Scroller class="wide" label="Datasets">
      <table class="sheet" aria-label="Datasets">
        <thead>
          <tr>
            {['Dataset', 'For', 'Digest', 'Source'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {datasets.map(({ name, digest, context, source_type, source }, at) => (
            <tr key={at}>
              <th scope="row">{name}</th>
              <td>{context ?? '–'}</td>
              <td>
                <code>{digest}</code>
              </td>
              <td>
                <div class="long" title={source}>
                  {placeIn(source) ?? `${source_type} ${source}`}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** A source is JSON of the script's own making, which mostly names a file or an address. */
function placeIn(source: string): string | undefined {
  try {
    const { uri, url, path, tags } = Object(JSON.parse(source));
    const named = [uri, url, path].find((one) => typeof one === 'string');
    // data that a script made itself
    const script: unknown = Object(tags)['mlflow.source.name'];
    return named ?? (typeof script === 'string' ? `made by ${script}` : undefined);
  } catch {
    return undefined;
  }
}
