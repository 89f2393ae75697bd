import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY_LIMIT_BYTES, isTooDeep } from '../../../daemon/http/json-body.ts';
import { processorTime } from '../../support/processor-time.ts';
import { Served } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await Served.start();
});
afterAll(() => served.dispose());

async function expectRefusal(response: Promise<Response>, status: number, error_code: string): Promise<void> {
  const answer = await response;
  const body = await answer.json();
  expect(body).toEqual({ error_code, message: expect.stringMatching(/./), hint: expect.stringMatching(/./) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/json');
}

it('takes JSON, also with a charset, also with an empty body', async () => {
  expect(await (await served.post('/echo', '{"text":"ñ 🏆"}')).json()).toEqual({ text: 'ñ 🏆' });
  expect((await served.post('/echo', '{"text":""}', 'application/json; charset=utf-8')).status).toBe(200);
  expect(await (await served.post('/any', '')).json()).toEqual({ got: {} });
});

describe('is refused with what to do:', () => {
  it.each(['{"text":', '{"text":"a"}}', "{'text': 1}", 'NaN', '\u0000'])('JSON that is none: %j', (body) =>
    expectRefusal(served.post('/echo', body), 400, 'HTTP_BODY_INVALID'),
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    '',
  ])('another type of content: %j', (type) =>
    expectRefusal(served.post('/echo', '{"text":"a"}', type), 400, 'HTTP_BODY_INVALID'),
  );

  it.each([
    '{"text":"a","__proto__":{"admin":true}}',
    '{"text":"a","\\u005f_proto__":{"admin":true}}',
    '{"text":"a","deep":[{"constructor":{"prototype":{"admin":true}}}]}',
  ])('a poisoned prototype: %s', (body) => expectRefusal(served.post('/echo', body), 400, 'HTTP_BODY_INVALID'));

  it.each(['{}', '[]', 'null', '"text"', '{"text":1}'])('a body of another shape: %s', (body) =>
    expectRefusal(served.post('/echo', body), 400, 'INVALID_PARAMETER_VALUE'),
  );

  it('a query of another shape', async () => {
    expect(await (await served.fetch('/page?offset=7')).json()).toEqual({ offset: 7 });
    for (const query of ['offset=-1', 'offset=x']) {
      await expectRefusal(served.fetch(`/page?${query}`), 400, 'INVALID_PARAMETER_VALUE');
    }
  });

  it('an unknown path or method', async () => {
    await expectRefusal(served.fetch('/nowhere?secret=1'), 404, 'ENDPOINT_NOT_FOUND');
    await expectRefusal(served.fetch('/echo', { method: 'DELETE' }), 404, 'ENDPOINT_NOT_FOUND');
  });

  it('a path that is none', async () => {
    await expectRefusal(served.fetch('/%zz'), 400, 'BAD_REQUEST');
  });

  it('a body over the limit, without reading all of it', async () => {
    const long = JSON.stringify({ text: 'a'.repeat(BODY_LIMIT_BYTES) });
    const refused = served.post('/echo', long);
    await expectRefusal(refused, 413, 'HTTP_BODY_TOO_LARGE');
  });

  it.each(['[', '{"a":', '[{"a":'])('JSON nested 10,000 deep, quickly: %s', async (opening) => {
    const spent = processorTime();
    await expectRefusal(served.post('/any', opening.repeat(10_000)), 400, 'HTTP_BODY_TOO_DEEP');
    expect(spent()).toBeLessThan(500);
  });

  it('what is no HTTP', async () => {
    const answer = await served.raw('HELLO');
    expect(answer).toEqual({
      status: 400,
      body: { error_code: 'BAD_REQUEST', message: expect.any(String), hint: expect.any(String) },
    });
  });

  it('headers without end', async () => {
    const answer = await served.raw('GET /health HTTP/1.1', `X: ${'x'.repeat(20_000)}`);
    expect(answer).toMatchObject({ status: 431, body: { error_code: 'BAD_REQUEST', hint: expect.any(String) } });
  });

  it('what we did wrong, and the log keeps it', async () => {
    served.logged.length = 0;
    await expectRefusal(served.fetch('/broken'), 500, 'INTERNAL_ERROR');
    expect(served.logged).toMatchObject([{ err: { message: 'a mistake of ours' }, path: '/broken' }]);
  });

  it('a store that turns out to be damaged while it is read', () =>
    expectRefusal(served.fetch('/damaged'), 500, 'STORE_CORRUPT'));
});

describe('depth is counted as JSON nests', () => {
  it('and brackets in texts do not count', () => {
    expect(isTooDeep(JSON.stringify({ text: '[{'.repeat(1000), quote: '"\\["'.repeat(200) }))).toBe(false);
  });

  it('up to 64 levels', () => {
    expect(isTooDeep('['.repeat(64) + ']'.repeat(64))).toBe(false);
    expect(isTooDeep('['.repeat(65))).toBe(true);
  });

  it('whatever the JSON', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 55, max: 64 }), (value, around) => {
        const text = '['.repeat(around) + JSON.stringify(value) + ']'.repeat(around);
        expect(isTooDeep(text)).toBe(around + depthOf(value) > 64);
      }),
      { seed: 20260101 },
    );
  });
});
