/** A VS Code platform: `linux-x64`, `darwin-arm64`, `win32-x64`, … */
export type Target = `${string}-${string}`;

export const THIS_MACHINE: Target = `${process.platform}-${process.arch}`;

/** A native package and what of it a program needs at run time; the rest are sources, headers and other platforms. */
interface NativePackage {
  name: string;
  files: string[];
}

/** Everything native, pruned to one target: the only packages that are not inside the bundles. */
export function nativePackages(target: Target): NativePackage[] {
  const [os = '', arch = ''] = target.split('-');
  return [
    { name: 'better-sqlite3', files: ['lib', `prebuilds/${target}.node`] },
    { name: 'onnxruntime-common', files: ['dist/cjs'] },
    { name: 'onnxruntime-node', files: ['dist', `bin/napi-v6/${os}/${arch}`] },
    { name: '@duckdb/node-api', files: ['lib'] },
    { name: '@duckdb/node-bindings', files: ['duckdb.js'] },
    { name: `@duckdb/node-bindings-${target}`, files: ['.'] },
    { name: 'detect-libc', files: ['lib'] },
  ];
}
