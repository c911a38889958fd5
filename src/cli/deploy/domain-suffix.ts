import type { Argv } from 'yargs';
import { ConfigurationError } from '../../system/config';

/** Which of a Service's domains is meant; named as the uploading tools name it. */
export interface DomainFlags {
  readonly environment: string;
  readonly production: boolean;
}

export function domainFlags<Flags>(yargs: Argv<Flags>): Argv<Flags & DomainFlags> {
  return yargs
    .option('environment', {
      type: 'string',
      default: 'dev',
      requiresArg: true,
      describe: "Suffix of the deployment's domain",
    })
    .option('production', { type: 'boolean', default: false, describe: 'The domain without a suffix' });
}

/**
 * Empty for production.
 * Source of the form: https://www.twilio.com/docs/serverless/api/resource/environment
 * @throws ConfigurationError
 */
export function domainSuffix({ environment, production }: DomainFlags): string {
  if (production) return '';
  if (/^[a-z0-9-]{1,16}$/.test(environment)) return environment;
  throw new ConfigurationError([
    '--environment must be 1 to 16 lower-case letters, digits and hyphens; --production is the one without.',
  ]);
}
