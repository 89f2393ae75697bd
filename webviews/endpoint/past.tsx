import type { VNode } from 'preact';
import type { FromEndpointPanel } from '../../schemas/panels/endpoint.ts';
import type { FeatureRecord } from '../../schemas/wire/serving.ts';
import { formatClock, formatMilliseconds, formatMoment, formatPercent } from '../shared/format.ts';
import type { Host } from '../shared/host.ts';
import { textsOf } from './form.ts';
import { toJson } from './json-record.ts';
import type { EndpointLook, Past } from './look.ts';

/** What was asked from this panel; a click fills the form with it again. */
export function PastRequests({ host }: { host: Host<FromEndpointPanel, EndpointLook> }): VNode | null {
  const { past } = host.look.value;
  if (past.length === 0) return null;
  const fill = (record: FeatureRecord) => host.keep({ texts: textsOf(record), json: toJson(record) });
  return (
    <section class="past">
      <h2>Recent requests</h2>
      <ul>
        {past.map((one) => (
          <li key={`${one.at}-${one.round_trip_ms}`}>
            <button type="button" class="past-request" title="Fill the form with it" onClick={() => fill(one.record)}>
              <PastLine past={one} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PastLine({ past: { record, answer, round_trip_ms, at } }: { past: Past }): VNode {
  const inputs = Object.entries(record).map(([name, value]) => `${name} ${value ?? 'missing'}`);
  return (
    <>
      <span class="past-at muted" title={formatMoment(at)}>
        {formatClock(at)}
      </span>
      <b>{answer.label}</b>
      <span>{formatPercent(answer.probabilities[answer.label] ?? Number.NaN, 1)}</span>
      <span class="muted">
        v{answer.version} · {formatMilliseconds(round_trip_ms)}
      </span>
      <span class="past-inputs muted">{inputs.join(', ')}</span>
    </>
  );
}
