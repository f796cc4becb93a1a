import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Lowering, Target } from '../../src/targets/contract.ts';
import { portableEffects } from '../../src/targets/effects.ts';

export const targetFindings = defineFindings('test', {
  lost: { level: 'error', message: (a: { kind: string }) => `no ${a.kind}`, security: true, differs: ['protection', 'headers', 'status'] },
});

/** A target that writes a few kinds of intents and nothing of the others. */
export const portable: Target = {
  name: 'test',
  title: 'Test',
  gatewayClassName: null,
  controllerName: null,
  regexPaths: 'undefined',
  forward: null,
  rewritePattern: null,
  respond: null,
  effects: portableEffects,
  lower,
};

function lower(intent: Intent): Lowering {
  switch (intent.kind) {
    case 'requestHeaders':
    case 'responseHeaders':
      return written({ [intent.kind]: { set: intent.set, add: intent.add, remove: intent.remove } });
    case 'upstreamHost':
      return written({ hostname: intent.host });
    case 'requestTimeout':
      return written({ timeouts: { request: `${intent.ms}ms` } });
    case 'idleTimeout':
      return written({ timeouts: { backendRequest: `${intent.ms}ms` } });
    case 'mirror':
      return intent.service === null ? lost(intent) : written({ mirrors: [intent.service] });
    // As an implementation's policy would.
    case 'jwt':
      return written({});
    case 'externalAuth':
      return written({ externalAuth: { protocol: 'HTTP', backendRef: { name: 'auth', namespace: 'security', port: 80 }, http: {} } });
    case 'backendProtocol':
      return written({ backendTls: [policy(intent.protocol)] });
    default:
      return lost(intent);
  }
}

function policy(hostname: string) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: 'web-tls', namespace: 'shop' },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
      validation: { hostname: `${hostname.toLowerCase()}.test`, wellKnownCACertificates: 'System' },
    },
  } as const;
}

function written(parts: Extract<Lowering, { as: 'written' }>['parts']): Lowering {
  return { as: 'written', outcome: 'converted', finding: null, parts };
}

function lost(intent: Intent): Lowering {
  return { as: 'absent', outcome: 'unmapped', finding: targetFindings.lost({ kind: intent.kind }, { at: intent.entries[0]?.at ?? null }) };
}
