#!/usr/bin/env node
// Stands in for kubectl: answers from the JSON of $FAKE_CLUSTER, and notes every call in $FAKE_CALLS, one a line.
import { appendFileSync, readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const cluster = JSON.parse(readFileSync(process.env.FAKE_CLUSTER, 'utf8'));
appendFileSync(process.env.FAKE_CALLS, `${JSON.stringify(args)}\n`);

function fail(text) {
  process.stderr.write(`E1125 13:06:04.298151   25211 memcache.go:265] "Unhandled Error" err="noise"\n${text}\n`);
  process.exit(1);
}

const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
if (cluster.down) fail(cluster.down);
const context = option('context');
if (context !== undefined && context !== 'test') fail(`error: context "${context}" does not exist`);

const [verb, ...rest] = args;
const plural = { Gateway: 'gateways', HTTPRoute: 'httproutes', ReferenceGrant: 'referencegrants' };
const resourceOf = (object) => {
  const group = object.apiVersion.includes('/') ? `.${object.apiVersion.split('/')[0]}` : '';
  const kind = object.kind.toLowerCase();
  return `${plural[object.kind] ?? (kind.endsWith('s') ? `${kind}es` : `${kind}s`)}${group}`;
};
const isCalled = (object, name) =>
  name === resourceOf(object) || name === `${object.kind}.${object.apiVersion.replace(/^([^/]+)\/(.+)$/, '$2.$1')}`;

if (verb === 'version') process.stdout.write('{"serverVersion":{"gitVersion":"v1.34.3"}}\n');
else if (verb === 'api-resources') {
  process.stdout.write(`${[...new Set(cluster.objects.map(resourceOf))].join('\n')}\n`);
  if (cluster.discovery) fail(cluster.discovery);
} else if (verb === 'get') {
  const [resource, ...more] = rest;
  const namespace = option('namespace');
  const denied = cluster.forbidden ?? [];
  const wanted = resource.split(',');
  if (wanted.some((each) => denied.includes(each) || (namespace === undefined && denied.includes(`${each} everywhere`))))
    fail(
      `Error from server (Forbidden): ${resource} is forbidden: User "dev" cannot list resource "${resource}" in API group "" at the cluster scope`,
    );
  const names = [];
  for (let index = 0; index < more.length; index++) {
    if (more[index] === '-o') index++;
    else if (!more[index].startsWith('-')) names.push(more[index]);
  }
  const output = more[more.indexOf('-o') + 1];
  if (resource.startsWith('customresourcedefinitions')) {
    const crds = (cluster.crds ?? []).filter(({ metadata }) => names.length === 0 || names.includes(metadata.name));
    if (output === 'json') process.stdout.write(JSON.stringify({ kind: 'List', apiVersion: 'v1', items: crds }));
    for (const { metadata, spec } of output === 'json' ? [] : crds) {
      const said = ['bundle-version', 'channel'].map((name) => metadata.annotations?.[`gateway.networking.k8s.io/${name}`] ?? '');
      process.stdout.write(`${[metadata.name, spec.group, spec.names.kind, ...said].join('\t')}\n`);
    }
  } else if (resource === 'secrets') {
    if (!output.startsWith('go-template=')) fail('the values of Secrets were asked for');
    for (const { metadata, type, data } of cluster.objects.filter(({ kind }) => kind === 'Secret')) {
      if (namespace === undefined || namespace === metadata.namespace)
        process.stdout.write(
          `${[metadata.namespace, metadata.name, type, ...Object.keys(data)].map((text) => JSON.stringify(text)).join(' ')}\n`,
        );
    }
  } else {
    const items = cluster.objects.filter(
      (object) =>
        wanted.some((each) => isCalled(object, each)) &&
        (namespace === undefined || (object.metadata.namespace ?? namespace) === namespace),
    );
    const known = resource.split('.')[0].toLowerCase();
    if (items.length === 0 && (cluster.absent ?? []).includes(resource)) fail(`error: the server doesn't have a resource type "${known}"`);
    const label = option('selector')?.split('=');
    const chosen = label === undefined ? items : items.filter(({ metadata }) => metadata.labels?.[label[0]] === label[1]);
    process.stdout.write(JSON.stringify({ kind: 'List', apiVersion: 'v1', items: chosen }));
  }
} else fail(`error: a test may not ${verb}`);
