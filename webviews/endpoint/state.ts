import type { Signature } from '../../schemas/model.ts';
import type { Connection } from '../../schemas/panels/common.ts';
import type { ToEndpointPanel } from '../../schemas/panels/endpoint.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { Endpoint, PredictAnswer } from '../../schemas/wire/serving.ts';

export interface Answered {
  answer: PredictAnswer;
  round_trip_ms: number;
}

export interface EndpointPanelState {
  connection: Connection;
  problem: ErrorBody | null;
  endpoint: Endpoint | null;
  signature: Signature | null;
  /** the newest question asked; answers to older ones come too late */
  asked: number;
  waiting: boolean;
  answered: Answered | null;
  refused: ErrorBody | null;
}

export const NOTHING: EndpointPanelState = {
  connection: 'connected',
  problem: null,
  endpoint: null,
  signature: null,
  asked: 0,
  waiting: false,
  answered: null,
  refused: null,
};

export function reduce(state: EndpointPanelState, message: ToEndpointPanel): EndpointPanelState {
  switch (message.type) {
    case 'connection':
      return { ...state, connection: message.connection };
    case 'problem':
      return { ...state, problem: message.problem };
    case 'endpoint/state':
      return { ...state, endpoint: message.endpoint, signature: message.signature ?? state.signature };
    case 'endpoint/answer': {
      if (message.ask !== state.asked) return state;
      const { answer, round_trip_ms } = message;
      return { ...state, waiting: false, refused: null, answered: { answer, round_trip_ms } };
    }
    case 'endpoint/refused':
      return message.ask === state.asked ? { ...state, waiting: false, refused: message.problem } : state;
  }
}

export function ask(state: EndpointPanelState): EndpointPanelState {
  return { ...state, asked: state.asked + 1, waiting: true, refused: null };
}

/** The endpoint names the column in its sentence: then the sentence belongs beside that field. */
export function refusedColumn(refused: ErrorBody | null, signature: Signature | null): string | null {
  const named = /^Column "(.*?)" /s.exec(refused?.message ?? '')?.[1];
  return signature?.inputs.some(({ name }) => name === named) ? (named ?? null) : null;
}
