import * as http from 'node:http';
import * as https from 'node:https';
import { cookieText, usualPort } from '../request.ts';
import type { SentRequest } from '../request-json.ts';
import { type Address, portFor } from './address.ts';
import type { ProbeIo } from './probe.ts';
import type { Reply } from './reply.ts';

export interface SendOptions {
  /** For the whole exchange, headers received. */
  readonly timeoutMs: number;
  /** Certificates are not verified. */
  readonly insecure: boolean;
}

/**
 * Sends over a connection of its own to the address, with the request's host in Host and as TLS server name, as
 * `curl --resolve` does. Takes status and headers and hangs up on the body.
 */
export function httpSender(options: SendOptions): ProbeIo['send'] {
  return (request, address) =>
    new Promise((resolve) => {
      try {
        exchange(request, address, options, resolve);
      } catch (error) {
        // Node refuses to write some characters at all.
        resolve({ kind: 'failed', reason: reasonOf(error), network: false });
      }
    });
}

function exchange(request: SentRequest, address: Address, { timeoutMs, insecure }: SendOptions, resolve: (reply: Reply) => void): void {
  const { scheme, method, target } = request;
  const cookie = cookieText(request);
  const options: https.RequestOptions = {
    host: address.host,
    port: portFor(address, request),
    method,
    path: target,
    setHost: false,
    agent: false,
    headers: {
      host: request.port === usualPort(scheme) ? request.host : `${request.host}:${request.port}`,
      'user-agent': 'gateshift-probe',
      accept: '*/*',
      ...request.headers,
      ...(cookie === '' ? {} : { cookie }),
    },
    ...(scheme === 'https' ? { servername: request.host, rejectUnauthorized: !insecure } : {}),
  };
  const sent = scheme === 'https' ? https.request(options) : http.request(options);
  const timer = setTimeout(() => sent.destroy(new TimedOut(`no answer within ${timeoutMs} ms`)), timeoutMs);
  sent.on('response', (response) => {
    clearTimeout(timer);
    resolve({ kind: 'reply', status: response.statusCode ?? 0, headers: joined(response.headers) });
    response.destroy();
  });
  sent.on('error', (error) => {
    clearTimeout(timer);
    resolve({ kind: 'failed', reason: reasonOf(error), network: NETWORK.includes(codeOf(error)) || error instanceof TimedOut });
  });
  sent.end();
}

class TimedOut extends Error {}

/** The address does not answer, whatever is asked. */
const NETWORK: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return code !== '' ? code : error instanceof Error ? error.message : String(error);
}

function joined(headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}
