import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/main.ts';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in the process, with text on standard input. */
export async function gateshift(
  args: readonly string[],
  options: {
    stdin?: string;
    env?: Readonly<Record<string, string>>;
    terminal?: boolean;
    columns?: number;
    cwd?: string;
    today?: string;
  } = {},
): Promise<Result> {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    stdin: async () => new TextEncoder().encode(options.stdin ?? ''),
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    env: options.env ?? {},
    stdoutIsTerminal: options.terminal ?? false,
    stderrIsTerminal: options.terminal ?? false,
    columns: options.columns ?? null,
    cwd: options.cwd ?? process.cwd(),
    today: options.today ?? '2026-01-15',
  });
  return { code, stdout, stderr };
}

export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateshift-cli-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** An Ingress of class nginx; `annotations` are lines of YAML below the vendor's prefix. */
export function ingress(name: string, annotations: Readonly<Record<string, string>> = {}, path = '/'): string {
  const lines = Object.entries(annotations).map(([key, value]) => `    nginx.ingress.kubernetes.io/${key}: ${JSON.stringify(value)}\n`);
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
${lines.length === 0 ? '' : `  annotations:\n${lines.join('')}`}spec:
  ingressClassName: nginx
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: ${path}
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  number: 80
`;
}
