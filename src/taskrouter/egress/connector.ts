import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { type EgressRule, portOf } from './egress-rule';

/** Resolves a name to all its addresses. */
export type Resolve = (
  name: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

const resolveBySystem: Resolve = (name, done) =>
  lookup(name, { all: true }, (error, addresses) => done(error, addresses ?? []));

/**
 * Opens connections that the rule allows. A name is resolved once, and the connection goes to one of the very addresses
 * that were checked, so that a name cannot change its meaning in between (DNS rebinding). TLS still checks the name.
 */
export function checkedConnector(
  rule: EgressRule,
  timeoutMs: number,
  resolve: Resolve = resolveBySystem,
): buildConnector.connector {
  return (options, callback) => {
    // Loaded at the first connection, because the rest of the service starts without it.
    const { buildConnector }: typeof import('undici') = require('undici');
    const port = portOf(options);
    const host = options.hostname;
    const checked: LookupFunction = (name, { all }, done) =>
      resolve(name, (error, addresses) => {
        try {
          if (error) throw error;
          const allowed = rule.allowedAddresses(name, addresses, port).map((each) => ({ ...each }));
          if (all) done(null, allowed);
          else done(null, allowed[0]?.address ?? '', allowed[0]?.family);
        } catch (thrown) {
          done(thrown as Error, []);
        }
      });
    try {
      // A connection to an address resolves nothing.
      if (isIP(host)) rule.allowedAddresses(host, [{ address: host, family: isIP(host) }], port);
      buildConnector({ timeout: timeoutMs, lookup: checked })(options, callback);
    } catch (error) {
      callback(error as Error, null);
    }
  };
}
