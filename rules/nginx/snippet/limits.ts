import { allOf, asDefault, type Family, innermostOf, notCarried } from './levels.ts';
import { nginxSize } from './time.ts';

/** How much: bodies, rates, connections, bandwidth. The zones of rates and connections are defined elsewhere. */
export const limits: Family = {
  names: new Set(['client_max_body_size', 'limit_req', 'limit_conn', 'limit_rate', 'limit_rate_after']),
  apply(levels, scope, effects) {
    for (const directive of innermostOf(levels, effects, 'client_max_body_size')) {
      const bytes = nginxSize(directive.args[0] ?? '');
      if (bytes === null) notCarried(directive, 'it is no size', effects);
      else effects.intents.push({ kind: 'bodySize', bytes, entries: [directive.entry] });
    }
    for (const directive of innermostOf(levels, effects, 'limit_req', 'limit_conn'))
      notCarried(directive, 'how much its zone allows is written in the configuration of the controller', effects);
    const [rate] = innermostOf(levels, effects, 'limit_rate');
    const [after] = innermostOf(levels, effects, 'limit_rate_after');
    const bytesPerSecond = nginxSize(rate?.args[0] ?? '');
    if (rate !== undefined && bytesPerSecond !== null && bytesPerSecond > 0) {
      const entries = [rate.entry, ...(after === undefined ? [] : [after.entry])];
      effects.intents.push({ kind: 'bandwidthLimit', bytesPerSecond, after: nginxSize(after?.args[0] ?? '') ?? 0, entries });
      return;
    }
    for (const directive of allOf(levels, 'limit_rate', 'limit_rate_after')) {
      if (bytesPerSecond === 0 || (rate === undefined && !scope.has('limit-rate'))) asDefault(directive, effects);
      else notCarried(directive, 'it depends on the request', effects);
    }
  },
};
