import type { Service } from '../../src/model/objects.ts';
import type { Codec, Read } from '../../src/rule/codec.ts';

/** An annotation of a Service, read as those of an Ingress are: an empty value is as good as none. */
export function readAnnotation<T>(service: Service, name: string, codec: Codec<T>): Read<T> {
  const entry = service.annotations.find((each) => each.name === name && each.value !== '' && each.malformed !== true);
  if (entry === undefined) return { state: 'absent' };
  const parsed = codec.parse(entry.value);
  return parsed.ok ? { state: 'valid', entry, value: parsed.value } : { state: 'invalid', entry, reason: parsed.reason };
}
