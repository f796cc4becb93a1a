import { defineFindings, type Finding, type Place } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import type { CopiedKey, SecretCopy } from '../model/secret-copy.ts';
import { SealedText, type SecretValues } from '../model/secret-values.ts';
import type { PlannedSecret } from '../plan/plan.ts';
import { fileName } from './file-name.ts';
import { markedYaml } from './marker.ts';
import { yamlText } from './yaml.ts';

interface Named {
  object: string;
  from: string;
}

export const secretFindings = defineFindings('secrets', {
  written: {
    level: 'note',
    message: (a: Named & { file: string }) => `${a.object} was written to ${a.file}, with the data of Secret ${a.from}`,
    help: (a) =>
      `Apply it instead of what is said to be done by hand for it, and keep it out of version control: kubectl apply -f ${a.file}`,
  },
  'not-in-input': {
    level: 'warning',
    message: (a: Named) => `${a.object} was not written: Secret ${a.from} is not in the input, or cannot be read there`,
    help: () => 'Do what is said of it by hand, or add the Secret to the input.',
  },
  'no-key': {
    level: 'warning',
    message: (a: Named & { key: string }) => `${a.object} was not written: Secret ${a.from} has no key ${a.key}`,
    help: () => 'Do what is said of it by hand.',
  },
  hashes: {
    level: 'warning',
    message: (a: Named) =>
      `${a.object} was not written: some hashes of Secret ${a.from} are not of the {SHA} form, the only one that is read`,
    help: () => 'These passwords have to be set anew, as the steps say: a hash cannot be turned into another.',
    security: true,
  },
  exists: {
    level: 'note',
    message: (a: Named) => `${a.object} was not written: the input has one of that name already`,
    help: (a) => `See that it holds what it should, the data of Secret ${a.from}.`,
  },
  'two-sources': {
    level: 'warning',
    message: (a: Named) => `${a.object} was not written: it would have to hold two different things, one of them from Secret ${a.from}`,
    help: () => 'Give the Secrets different names, and convert again.',
    security: true,
  },
});

export interface SecretFiles {
  /** By path relative to the output folder. */
  readonly files: ReadonlyMap<string, SealedText>;
  readonly findings: readonly Finding[];
}

const WHY_NOT = { conflicts: 'two-sources', there: 'exists' } as const;

/** The folder of the output that holds values. */
export const SECRETS_FOLDER = 'secrets';

/** The objects that implementations read, made of Secrets of the input. No value is in the findings. */
export function secretFiles(planned: readonly PlannedSecret[], values: ReadonlyMap<string, SecretValues>): SecretFiles {
  const files = new Map<string, SealedText>();
  const findings: Finding[] = [];
  for (const { copy, origin, state } of planned) {
    const [ingress = null] = origin;
    const place: Place = { at: ingress?.at ?? null, ingress };
    const from = `${copy.from.namespace}/${copy.from.name}`;
    const named = { object: `${copy.kind} ${copy.namespace}/${copy.name}`, from };
    const made = state === 'wanted' ? madeOf(copy, values.get(from), named, place) : secretFindings[WHY_NOT[state]](named, place);
    if (!(made instanceof SealedText)) {
      findings.push(made);
      continue;
    }
    const file = secretPath(copy);
    files.set(file, made);
    findings.push(secretFindings.written({ ...named, file }, place));
  }
  return { files: new Map([...files].sort(([a], [b]) => compareText(a, b))), findings };
}

/** Where the object goes, relative to the output folder. */
export function secretPath({ namespace, kind, name }: SecretCopy): string {
  return `${SECRETS_FOLDER}/${fileName(namespace)}/${fileName(`${kind}-${name}`)}.yaml`;
}

function madeOf(copy: SecretCopy, values: SecretValues | undefined, named: Named, place: Place): SealedText | Finding {
  if (values === undefined) return secretFindings['not-in-input'](named, place);
  const data = new Map<string, Uint8Array>();
  for (const { key, of } of copy.keys) {
    const value = valueFor(of, values);
    if (value === null) return secretFindings['no-key']({ ...named, key: of.as === 'key' ? of.key : PASSWORDS }, place);
    if (of.as === 'password-file' && of.hashes === 'sha1' && !isAllSha1(value)) return secretFindings.hashes(named, place);
    data.set(key, value);
  }
  return new SealedText(markedYaml(manifest(copy, data)));
}

/** Where ingress-nginx has the password file. */
const PASSWORDS = 'auth';

function valueFor(of: CopiedKey['of'], values: SecretValues): Uint8Array | null {
  switch (of.as) {
    case 'key':
      return values.valueOfKey(of.key);
    case 'password-file':
      return of.form === 'htpasswd-file' ? values.valueOfKey(PASSWORDS) : passwordFile(values);
    default:
      return of satisfies never;
  }
}

/** As ingress-nginx writes the file of a Secret with a key for each user. */
function passwordFile(values: SecretValues): Uint8Array {
  const lines = values.keys().map((user) => `${user}:${new TextDecoder().decode(values.valueOfKey(user) ?? new Uint8Array())}\n`);
  return new TextEncoder().encode(lines.join(''));
}

function isAllSha1(file: Uint8Array): boolean {
  const lines = new TextDecoder()
    .decode(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.length > 0 && lines.every((line) => /^[^:]+:\{SHA\}/.test(line));
}

function manifest({ kind, namespace, name, from }: SecretCopy, data: ReadonlyMap<string, Uint8Array>): string {
  const metadata = { name, namespace };
  const values = [...data].map(([key, value]) => [
    key,
    kind === 'Secret' ? Buffer.from(value).toString('base64') : new TextDecoder().decode(value),
  ]);
  const object =
    kind === 'Secret'
      ? { apiVersion: 'v1', kind, metadata, type: 'Opaque', data: Object.fromEntries(values) }
      : { apiVersion: 'v1', kind, metadata, data: Object.fromEntries(values) };
  return `# The data of Secret ${from.namespace}/${from.name}: keep it out of version control\n${yamlText(object)}`;
}
