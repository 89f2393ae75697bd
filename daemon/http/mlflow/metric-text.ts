import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { toMetricNumber } from '../../../schemas/wire/common.ts';
import type { Columns } from '../../tracking/index.ts';
import { partOf } from '../../tracking/index.ts';
import { toValue } from './translate.ts';

export interface MetricPiece {
  points: Columns;
  /** told with each point, if there is one */
  run_id?: string;
}

/** A millisecond's worth: pages of 25,000 points must not hold up who logs meanwhile. */
const POINTS_A_TURN = 4000;
/** What is written at once: so little that it is garbage before V8 takes it for something that stays. */
const POINTS_A_TEXT = 250;

/** Answers points of one metric, and what `end` says when they are written: more fields, or nothing. */
export function sendMetrics(
  reply: FastifyReply,
  key: string,
  pieces: Iterable<MetricPiece> | AsyncIterable<MetricPiece>,
  end: () => object = () => ({}),
): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(Readable.from(text(key, pieces, end)));
}

async function* text(
  key: string,
  pieces: Iterable<MetricPiece> | AsyncIterable<MetricPiece>,
  end: () => object,
): AsyncGenerator<string> {
  let opening = '{"metrics":[';
  let next = opening;
  for await (const { points, run_id } of pieces) {
    for (let at = 0; at < points.length; at += POINTS_A_TEXT) {
      yield next + textOf(key, run_id, partOf(points, at, Math.min(points.length, at + POINTS_A_TEXT)));
      next = ',';
      opening = ']';
      if (at % POINTS_A_TURN === 0) await setImmediate();
    }
  }
  const more = JSON.stringify(end()).slice(1);
  // an empty list is left out
  if (opening !== ']') yield `{${more}`;
  else yield more === '}' ? ']}' : `],${more}`;
}

function textOf(key: string, runId: string | undefined, points: Columns): string {
  const { steps, times, values } = points;
  const begin = `{"key":${JSON.stringify(key)}${runId === undefined ? '' : `,"run_id":${JSON.stringify(runId)}`},"value":`;
  const texts = Array.from(values, (value, at) => {
    return `${begin}${JSON.stringify(toValue(toMetricNumber(value)))},"timestamp":${times[at]},"step":${steps[at]}}`;
  });
  return texts.join(',');
}
