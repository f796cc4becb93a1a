import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options of `probe` as commander hands them over. */
export interface ProbeRawOptions {
  readonly requests: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly rate: number;
  readonly max: number;
  readonly host: readonly string[];
  readonly method: readonly string[];
  readonly header: readonly string[];
  readonly backendHeader?: string;
  readonly insecure?: true;
  readonly timeout: number;
  readonly json?: string;
  readonly quiet?: true;
}

const HOST = /^(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

export function probeOptions(command: Command): Command {
  return command
    .requiredOption('--requests <file>', 'requests to send: what verify wrote with --requests-out or --json, or - for standard input')
    .addOption(
      repeatable(
        '--before <url>',
        'address of the old load balancer; twice where http and https both have unusual ports',
      ).makeOptionMandatory(),
    )
    .addOption(repeatable('--after <url>', 'address of the new one').makeOptionMandatory())
    .addOption(
      repeatable('--host <name>', 'send only requests for this host, or for names under *.NAME (repeatable)', hostName).default([], 'all'),
    )
    .addOption(new Option('--rate <number>', 'most requests a second to either').argParser(positive).default(10))
    .addOption(new Option('--max <number>', 'most requests to either, spread over the hosts').argParser(whole).default(1000))
    .addOption(
      repeatable('--method <name>', 'send requests with this method too; GET, HEAD and OPTIONS always are (repeatable)', token).default(
        [],
        'none',
      ),
    )
    .addOption(repeatable('--header <name>', 'response header that has to be the same (repeatable)', token).default([], 'none'))
    .addOption(new Option('--backend-header <name>', 'response header that names the backend').argParser(token))
    .option('--insecure', 'do not verify certificates')
    .addOption(new Option('--timeout <ms>', 'longest wait for an answer').argParser(whole).default(5000))
    .option('--json <file>', 'write the differences as JSON')
    .option('-q, --quiet', 'no progress');
}

function repeatable(flags: string, description: string, check: (value: string) => string = (value) => value): Option {
  return new Option(flags, description).argParser((value: string, previous: readonly string[] | undefined) => [
    ...(previous ?? []),
    check(value),
  ]);
}

function token(value: string): string {
  if (!TOKEN.test(value)) throw new InvalidArgumentError('It is no name of a header or method.');
  return value;
}

function hostName(value: string): string {
  if (!HOST.test(value)) throw new InvalidArgumentError('It is no host name.');
  return value.toLowerCase();
}

function positive(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('It has to be a number above 0.');
  return number;
}

function whole(value: string): number {
  const number = positive(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('It has to be a whole number above 0.');
  return number;
}
