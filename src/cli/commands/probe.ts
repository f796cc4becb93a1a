import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Address, addressOf } from '../../prove/probe/address.ts';
import { probe } from '../../prove/probe/probe.ts';
import { probeJson, probeText } from '../../prove/probe/report.ts';
import { httpSender } from '../../prove/probe/send.ts';
import { readRequests } from '../../prove/request-json.ts';
import { plain } from '../../report/plain.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import type { ProbeRawOptions } from '../probe-options.ts';
import { writeTextFile } from '../text-file.ts';

/** Exit 1 when the two load balancers answer differently, 3 when the requests cannot be read or nothing reached one of them. */
export async function probeCommand(raw: ProbeRawOptions, io: Io): Promise<number> {
  const before = address('--before', raw.before);
  const after = address('--after', raw.after);
  const read = readRequests(await textOf(raw.requests, io));
  if (read.kind === 'malformed') {
    io.stderr(`gateshift: ${raw.requests}: ${plain(read.reason)}\n`);
    return EXIT.input;
  }
  const requests =
    raw.host.length === 0 ? read.requests : read.requests.filter(({ host }) => raw.host.some((name) => isCalled(host, name)));
  if (requests.length === 0 && raw.host.length > 0)
    throw new UsageError(`--host: ${raw.requests} has no request for ${raw.host.join(', ')}`);
  const shows = io.stderrIsTerminal && raw.quiet !== true;
  const result = await probe(
    {
      requests,
      before,
      after,
      rate: raw.rate,
      max: raw.max,
      methods: raw.method.map((method) => method.toUpperCase()),
      headers: raw.header.map((name) => name.toLowerCase()),
      backendHeader: raw.backendHeader?.toLowerCase() ?? null,
    },
    {
      send: httpSender({ timeoutMs: raw.timeout, insecure: raw.insecure === true }),
      now: () => performance.now(),
      sleep: async (ms) => {
        await sleep(ms);
      },
      progress: (done, total) => {
        if (shows) io.stderr(`\r${done} of ${total} requests sent`);
      },
    },
  );
  if (shows) io.stderr('\r\u001b[K');
  if (raw.json !== undefined) await writeTextFile(raw.json, probeJson(result));
  io.stdout(probeText(result).split('\n').map(plain).join('\n'));
  if (result.unreached !== null) return EXIT.input;
  return result.discrepancies.length > 0 ? EXIT.found : EXIT.ok;
}

function isCalled(host: string, name: string): boolean {
  return host === name || (name.startsWith('*.') && host.endsWith(name.slice(1)));
}

function address(option: string, urls: readonly string[]): Address {
  try {
    return addressOf(urls);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}

async function textOf(file: string, io: Io): Promise<string> {
  if (file === '-') return new TextDecoder().decode(await io.stdin());
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`--requests: cannot read ${file}: ${error.message}`);
  });
}
