import type { VNode } from 'preact';
import type { PredictAnswer } from '../../schemas/wire/serving.ts';
import { formatMilliseconds, formatPercent } from '../shared/format.ts';
import { Empty, Problem } from '../shared/states.tsx';
import type { EndpointPanelState } from './state.ts';

export function Answer({ state }: { state: EndpointPanelState }): VNode {
  const ready = state.endpoint?.state === 'ready';
  const { answered, refused, waiting } = state;
  return (
    <section class="answer" aria-label="Answer" aria-busy={waiting}>
      {refused ? <Problem problem={refused} /> : null}
      {answered && !refused ? (
        <div role="status">
          <div class="label">{answered.answer.label}</div>
          <Probabilities answer={answered.answer} />
          <p class="muted">
            {answered.answer.model} v{answered.answer.version} · {formatMilliseconds(answered.answer.latency_ms)} in the
            endpoint · {formatMilliseconds(answered.round_trip_ms)} there and back
          </p>
        </div>
      ) : null}
      {answered || refused ? null : (
        <Empty>{ready ? 'Press Predict: the answer appears here.' : 'Start the endpoint to try it.'}</Empty>
      )}
    </section>
  );
}

function Probabilities({ answer }: { answer: PredictAnswer }): VNode {
  const sorted = Object.entries(answer.probabilities).sort(([, a], [, b]) => b - a);
  return (
    <table class="probabilities" aria-label="Probabilities">
      <tbody>
        {sorted.map(([label, probability]) => (
          <tr key={label} class={label === answer.label ? 'chosen' : undefined}>
            <th scope="row">{label}</th>
            <td class="bar" aria-hidden="true">
              <div style={{ width: `${Math.max(0, Math.min(1, probability)) * 100}%` }} />
            </td>
            <td class="number">{formatPercent(probability, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
