import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { FromRunsPanel } from '../../../schemas/panels/runs.ts';
import type { SourceProgram } from '../../../schemas/wire/run-source.ts';
import type { Host } from '../../shared/host.ts';
import { Scroller } from '../../shared/scroller.tsx';
import { Empty } from '../../shared/states.tsx';
import { Button, TextField } from '../../shared/toolkit.ts';
import type { RunsLook } from '../look.ts';
import { matches } from '../metrics.ts';
import { allPackages } from './packages.ts';

export function PackagesPart(props: { programs: SourceProgram[]; host: Host<FromRunsPanel, RunsLook> }): VNode {
  const [filter, setFilter] = useState('');
  const packages = allPackages(props.programs);
  const shown = packages.filter(({ name, version }) => matches(`${name} ${version}`, filter));
  const lines = packages.map(({ name, version }) => `${name}==${version}\n`).join('');
  return (
    <section aria-labelledby="part-packages">
      <h2 id="part-packages">Packages</h2>
      {packages.length === 0 ? (
        <p class="muted">It is not known which packages it ran with.</p>
      ) : (
        <>
          <div class="toolbar">
            <TextField
              value={filter}
              placeholder={`Filter ${packages.length} packages`}
              label="Filter packages by name or version"
              onInput={setFilter}
            />
            <Button onPress={() => props.host.post({ type: 'copy', text: lines, what: 'the packages' })}>
              Copy as requirements
            </Button>
          </div>
          {shown.length === 0 ? <Empty>No package has this in its name.</Empty> : <PackageTable packages={shown} />}
        </>
      )}
    </section>
  );
}

function PackageTable({ packages }: { packages: { name: string; version: string }[] }): VNode {
  return (
    <Scroller class="wide packages" label="Packages">
      <table class="sheet" aria-label="Packages">
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Version</th>
          </tr>
        </thead>
        <tbody>
          {packages.map(({ name, version }) => (
            <tr key={`${name} ${version}`}>
              <th scope="row">{name}</th>
              <td>{version}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
