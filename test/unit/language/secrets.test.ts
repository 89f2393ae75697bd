import { describe, expect, it } from 'vitest';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { secretIn, secretNamed } from '../../../schemas/language/values/secrets.ts';
import { processorTime } from '../../support/processor-time.ts';

const letters = (count: number) => 'aB3dE6gH9k'.repeat(Math.ceil(count / 10)).slice(0, count);

/** Made from parts: whoever keeps this code refuses texts that look like keys that somebody could use. */
const GITHUB = `ghp_${letters(36)}`;
const SLACK = `xoxb-${'1'.repeat(12)}-${letters(24)}`;
const PRIVATE = ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ');

describe('a secret is told by its form', () => {
  it.each([
    ['an AWS access key', `AKIA${'ABCDEFGH23456789'}`],
    ['a GitHub token', GITHUB],
    ['a GitHub token', `github_pat_${letters(82)}`],
    ['a GitLab token', `glpat-${letters(20)}`],
    ['a Slack token', SLACK],
    ['a Slack webhook', `https://hooks.${'slack.com'}/services/T12345678/B12345678/${letters(24)}`],
    ['an OpenAI key', `sk-proj-${letters(30)}T3BlbkFJ${letters(30)}`],
    ['an Anthropic key', `sk-ant-api03-${letters(90)}`],
    ['a Hugging Face token', `hf_${'abcdefghijklmnopqrstuvwxyzABCDEFGH'}`],
    ['a Google API key', `AIza${letters(35)}`],
    ['an npm token', `npm_${letters(36)}`],
    ['a PyPI token', `pypi-AgE${letters(60)}`],
    ['a Databricks token', `dapi${'0123456789abcdef'.repeat(2)}`],
    ['a SendGrid key', `SG.${letters(22)}.${letters(43)}`],
    ['a Stripe key', `sk_${'live'}_${letters(24)}`],
    ['a private key', PRIVATE],
    ['a password in an address', 'redis://:s3cret@cache:6379/0'],
  ])('%s', (what, secret) => {
    const found = secretIn(`use ${secret} here`);
    expect(found?.what).toBe(what);
    expect(secret).toContain(found?.secret);
    // half of it is none
    expect(secretIn(secret.slice(0, 12))).toBeNull();
  });

  it.each([
    ['in a script', GITHUB, `steps:\n  a:\n    run: |\n      curl -H "Bearer ${GITHUB}" https://api.example.com`],
    ['in an environment', SLACK, `env:\n  CHAT: ${SLACK}`],
    ['in the environment of a step', SLACK, `steps: {b: {run: echo, env: {CHAT: ${SLACK}}}}`],
    ['over several lines', PRIVATE, `env:\n  PEM: |\n    ${PRIVATE}\n    MIIEow`],
    ['between braces', GITHUB, `steps: {c: {uses: register, with: {name: m, model: o, description: "key ${GITHUB}"}}}`],
  ])('and underlined from its first letter to its last: %s', (_, secret, text) => {
    const { diagnostics, view } = parsePipelineFile(`version: 1\n${text}\n`);
    const told = diagnostics.filter(({ code }) => code === 'CRISOL148');
    const spans = told.map(({ range: { start, end } }) => [view.lines.offset(start), view.lines.offset(end)]);
    expect(spans.map(([from, to]) => view.text.slice(from, to))).toEqual([secret]);
  });

  it('and in no time, whatever the text', () => {
    const long = 300_000;
    const hostile = ['sk-', 'a', '://', ':a', 'ghp_', '-----BEGIN ', 'AAAA ', 'xoxb-1', 'sk-ant-a-', 'a://b:'];
    const spent = processorTime();
    for (const piece of hostile) secretIn(`:// PRIVATE KEY sk- ${piece.repeat(long / piece.length)}`);
    expect(spent()).toBeLessThan(2000);
  });
});

it('a variable holds one when its name says so and its value could be', () => {
  const named = (name: string) => secretNamed(name, '9f86d081884c7d659a2f');
  expect(['API_TOKEN', 'WANDB_API_KEY', 'AWS_SECRET_ACCESS_KEY', 'SECRET', 'api_key'].filter(named)).toHaveLength(5);
  expect(['TOKENS', 'TOKENIZER', 'SECRET_NAME', 'KEY', 'pad_token', 'KEYBOARD'].filter(named)).toEqual([]);
  expect(secretNamed('API_TOKEN', 'test-key-0123456789')).toBe(false);
});
