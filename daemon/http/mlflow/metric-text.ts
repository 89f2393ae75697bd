import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { toMetricNumber } from '../../../schemas/wire/common.ts';
import type { Point } from '../../tracking/index.ts';
import { toValue } from './translate.ts';

export interface MetricPiece {
  points: readonly Point[];
  /** told with each point, if there is one */
  run_id?: string;
}

/** A millisecond's worth: pages of 25,000 points must not hold up who logs meanwhile. */
const POINTS_A_TURN = 4000;

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
    for (let at = 0; at < points.length; at += POINTS_A_TURN) {
      yield next + textOf(key, run_id, points.slice(at, at + POINTS_A_TURN));
      next = ',';
      opening = ']';
      await setImmediate();
    }
  }
  const more = JSON.stringify(end()).slice(1);
  // an empty list is left out
  if (opening !== ']') yield `{${more}`;
  else yield more === '}' ? ']}' : `],${more}`;
}

function textOf(key: string, runId: string | undefined, points: readonly Point[]): string {
  const begin = `{"key":${JSON.stringify(key)}${runId === undefined ? '' : `,"run_id":${JSON.stringify(runId)}`},"value":`;
  const texts = points.map(([step, timestamp, value]) => {
    return `${begin}${JSON.stringify(toValue(toMetricNumber(value)))},"timestamp":${timestamp},"step":${step}}`;
  });
  return texts.join(',');
}
