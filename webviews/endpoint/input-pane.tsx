import type { VNode } from 'preact';
import type { Signature } from '../../schemas/model.ts';
import type { FromEndpointPanel, SnippetLanguage } from '../../schemas/panels/endpoint.ts';
import type { Host } from '../shared/host.ts';
import { Button, TextArea } from '../shared/toolkit.ts';
import { Field } from './field.tsx';
import { exampleTexts, mistakeIn, readForm, textOf, textsOf } from './form.ts';
import { readJson, toJson } from './json-record.ts';
import type { EndpointLook } from './look.ts';
import type { Request } from './request.ts';
import type { EndpointPanelState } from './state.ts';
import { refusedColumn } from './state.ts';

export interface InputPaneProps {
  signature: Signature;
  state: EndpointPanelState;
  request: Request;
  ready: boolean;
  predict: () => void;
  host: Host<FromEndpointPanel, EndpointLook>;
}

export function InputPane(props: InputPaneProps): VNode {
  const { signature, request, ready, predict, host } = props;
  const look = host.look.value;
  const example = exampleTexts(signature);
  const fill = () => host.keep({ texts: example, json: toJson(readForm(signature, example).record) });
  return (
    <section class="input" aria-label="Request">
      <div class="toolbar">
        <Button pressed={look.mode === 'form'} onPress={() => showForm(host, signature)}>
          Form
        </Button>
        <Button pressed={look.mode === 'json'} onPress={() => showJson(host, signature)}>
          JSON
        </Button>
        <span class="spring" />
        <Button onPress={fill}>Fill with example</Button>
        <Button look="primary" disabled={!ready || !request.record} title="Ctrl+Enter" onPress={predict}>
          Predict
        </Button>
      </div>
      <p class="muted advice" role="status">
        {obstacle(ready, request)}
      </p>
      {look.mode === 'form' ? <Form {...props} /> : <Json {...props} />}
      <CopyAs request={request} host={host} />
    </section>
  );
}

/** Why Predict cannot be pressed. */
function obstacle(ready: boolean, request: Request): string | null {
  if (!ready) return 'The endpoint is not ready.';
  return request.record ? null : 'Correct what is marked first.';
}

function Form({ signature, state, request, host }: InputPaneProps): VNode {
  const { texts } = host.look.value;
  const refused = refusedColumn(state.refused, signature);
  return (
    <div class="fields">
      {signature.inputs.map((column) => (
        <Field
          key={column.name}
          column={column}
          text={textOf(column, texts)}
          mistake={
            mistakeIn(request.mistakes, column.name) ??
            (refused === column.name ? (state.refused?.message ?? null) : null)
          }
          onText={(text) => host.keep({ texts: { ...host.look.peek().texts, [column.name]: text } })}
        />
      ))}
    </div>
  );
}

function Json({ request, host }: InputPaneProps): VNode {
  return (
    <div class="json">
      <TextArea
        rows={16}
        value={host.look.value.json}
        label="Request as JSON"
        invalid={request.jsonMistake !== null}
        onInput={(json) => host.keep({ json })}
      />
      <div class="mistake" role="alert">
        {request.jsonMistake}
      </div>
    </div>
  );
}

/** Each way shows what the other one holds, as far as it can be read. */
function showForm(host: InputPaneProps['host'], signature: Signature): void {
  const { mode, json } = host.look.peek();
  if (mode === 'form') return;
  const { record } = readJson(json, signature);
  host.keep({ mode: 'form', ...(record ? { texts: textsOf(record) } : {}) });
}

function showJson(host: InputPaneProps['host'], signature: Signature): void {
  const { mode, texts } = host.look.peek();
  if (mode !== 'json') host.keep({ mode: 'json', json: toJson(readForm(signature, texts).record) });
}

const LANGUAGES: [SnippetLanguage, string][] = [
  ['curl', 'curl'],
  ['python', 'Python'],
  ['javascript', 'JavaScript'],
];

function CopyAs({ request, host }: Pick<InputPaneProps, 'request' | 'host'>): VNode {
  const { record } = request;
  return (
    <section class="toolbar copy-as" aria-label="Copy this request, with its token">
      <span class="muted">Copy as</span>
      {LANGUAGES.map(([language, word]) => (
        <Button
          key={language}
          label={`Copy as ${word}`}
          disabled={!record}
          onPress={() => record && host.post({ type: 'endpoint/copy-as', language, record })}
        >
          {word}
        </Button>
      ))}
    </section>
  );
}
