import { type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Reached directly, whatever stands between this computer and the internet. */
const thisComputer = ['localhost', '127.0.0.1', '[::1]'];

/** Requests go through the proxy that the environment names, as the Twilio client's do. */
export function dispatcherFor(environment: NodeJS.ProcessEnv): Dispatcher {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name];
  const httpProxy = read('HTTP_PROXY') ?? '';
  return new EnvHttpProxyAgent({
    httpProxy,
    httpsProxy: read('HTTPS_PROXY') ?? httpProxy,
    noProxy: [...thisComputer, read('NO_PROXY') ?? ''].join(','),
  });
}
