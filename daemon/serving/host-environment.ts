/** What a program needs to run at all, and what tunes Node and onnxruntime. Windows writes names in any case. */
const PASSED =
  /^(PATH|HOME|USERPROFILE|LOCALAPPDATA|APPDATA|SYSTEMROOT|WINDIR|TE?MP|TMPDIR|LANG|LC_\w+|TZ|LD_LIBRARY_PATH|DYLD_\w+|ELECTRON_RUN_AS_NODE|NODE_(OPTIONS|COMPILE_CACHE|V8_COVERAGE)|ORT_\w+|OMP_\w+)$/i;

/** A model comes from anywhere: the process that runs it is given none of the secrets that the daemon was started with. */
export function hostEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
}
