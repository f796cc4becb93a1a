import { isValidHost } from '../../model/host.ts';

/** A literal, precise host in the form that a URLRewrite or a BackendTLSPolicy takes; null for variables, ports, addresses. */
export function preciseHost(text: string): string | null {
  const host = text.toLowerCase();
  return isValidHost(host) && !host.startsWith('*') ? host : null;
}
