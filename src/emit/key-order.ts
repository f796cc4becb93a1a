import type { Metadata, OutputObject } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';

/**
 * The object with the keys of its outer levels in the order that people expect, whoever built it. What is under `spec`
 * keeps the order of its constructor, which is that of the API's documentation.
 */
export function inKeyOrder(object: OutputObject): object {
  const { apiVersion, kind, metadata, ...rest } = object;
  return { apiVersion, kind, metadata: metadataInOrder(metadata), ...rest };
}

function metadataInOrder({ name, namespace, labels, annotations }: Metadata): Metadata {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels: sorted(labels) }),
    ...(annotations === undefined ? {} : { annotations: sorted(annotations) }),
  };
}

function sorted(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}
