import { execFile } from 'node:child_process';
import { type Io, UsageError } from '../io.ts';

/** The verbs that read and change nothing; no other is ever passed on. */
type Verb = 'get' | 'version' | 'api-resources';

export type Said =
  | { readonly kind: 'said'; readonly text: string }
  /** `text`: what it printed all the same, of the kinds that could be read. */
  | { readonly kind: 'failed'; readonly why: Failure; readonly reason: string; readonly text: string };

/** `forbidden`: not allowed to this user; `absent`: the server has no such kind; `other`: anything else. */
type Failure = 'forbidden' | 'absent' | 'other';

/** The user's own kubectl: it knows the kubeconfig, the plugins that log in, the proxies. Calls are read-only by type. */
export type Kubectl = (verb: Verb, args: readonly string[]) => Promise<Said>;

export interface ClusterOptions {
  readonly kubectl: string;
  readonly context?: string;
  /** None: all of them. */
  readonly namespace: readonly string[];
  readonly selector?: string;
}

const ATTEMPTS_AT_ONCE = 4;
/** Of one page of a list: a server that takes a request and never answers it is no reason to wait for ever. */
const PATIENCE = '60s';

/** Runs `kubectl`, without a shell and a few calls at a time. @throws UsageError where there is no such program */
export function kubectlOf({ kubectl, context }: ClusterOptions, env: Io['env']): Kubectl {
  const given = [`--request-timeout=${PATIENCE}`, ...(context === undefined ? [] : [`--context=${context}`])];
  const run = limited(ATTEMPTS_AT_ONCE);
  return (verb, args) => run(() => call(kubectl, [verb, ...args, ...given], env));
}

function call(program: string, args: readonly string[], env: Io['env']): Promise<Said> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...env }, maxBuffer: Number.POSITIVE_INFINITY, encoding: 'utf8' } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ kind: 'said', text: stdout });
      if (error.code === 'ENOENT') return reject(new UsageError(NO_KUBECTL(program)));
      if (error.code === 'EACCES') return reject(new UsageError(`${program} cannot be run: permission denied`));
      const reason = reasonIn(stderr) || error.message.split('\n', 1)[0] || 'it failed without a word';
      return resolve({ kind: 'failed', why: failureOf(reason), reason, text: stdout });
    });
    // A plugin that logs in may ask for a password: there is nobody to answer.
    child.stdin?.end();
  });
}

const NO_KUBECTL = (program: string) =>
  `there is no ${program}: the cluster is read through your own kubectl. Install it, name it with --kubectl PATH, or pass manifests: kubectl get ingress,service -A -o yaml | gateshift check -`;

/** What kubectl says last, without the log lines of its libraries and the word before the sentence. */
function reasonIn(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !/^[EWIF]\d{4} /.test(line) && !line.startsWith('Warning:'));
  return (said.at(-1) ?? '').replace(/^(?:error|Error from server(?: \(\w+\))?): /, '').replace(/[.\s]+$/, '');
}

function failureOf(reason: string): Failure {
  if (/\bforbidden\b|Unauthorized/i.test(reason)) return 'forbidden';
  if (/doesn't have a resource type|could not find the requested resource|no matches for kind/.test(reason)) return 'absent';
  return 'other';
}

/** Lets that many run at once, in the order in which they were asked for. */
function limited(most: number): <T>(start: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (start) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await start();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
