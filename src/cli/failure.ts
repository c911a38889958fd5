import { DeploymentFailed } from '../deploy/deployment-failed';
import { ConfigurationError } from '../system/config';
import { DataFileDamaged } from '../system/data-file';
import { StoreFailed, StoreUnavailable } from '../taskrouter/store/store';
import { ChangedMeanwhile } from '../workspace/apply/changed-meanwhile';
import { WorkspaceFileError } from '../workspace/file/desired';
import { WorkspaceNotChosen } from '../workspace/pull/choose-workspace';
import { UnmetExpectation, UpstreamFailed } from './errors';
import { exitCodes } from './exit-codes';
import { Interrupted } from './signals';

interface SystemError extends Error {
  readonly code?: string | number;
  readonly port?: number;
  readonly address?: string;
  readonly status?: number;
}

/** Which exit code a failure means. */
export function exitCode(error: unknown): number {
  if (isOfConfiguration(error)) return exitCodes.configuration;
  if (error instanceof UpstreamFailed || error instanceof DeploymentFailed) return exitCodes.upstream;
  if (isOfDataDirectory(error)) return exitCodes.dataDirectory;
  if (error instanceof Interrupted) return exitCodes.interrupted;
  const { code, status } = error as SystemError;
  if (code === 'EADDRINUSE') return exitCodes.portInUse;
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES' || code === 'ENOTFOUND') return exitCodes.configuration;
  if (typeof status === 'number') return exitCodes.upstream;
  return exitCodes.error;
}

/** One sentence for people: what is wrong and what to do. */
export function failureMessage(error: unknown): string {
  const { code, port, address, message, stack, status } = error as SystemError;
  if (code === 'EADDRINUSE') return portInUse(port);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This computer has no address ${address ?? 'of that name'}. Leave --host out, or name one of its own addresses.`;
  }
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this user. Choose one above 1023.`;
  if (typeof status === 'number') return `TaskRouter answered ${status}: ${message}`;
  return isExpected(error) || !(error instanceof Error) ? String(message ?? error) : (stack ?? message);
}

/** The usual owners of our two ports; on another port the flag is a guess at which one was meant. */
function portInUse(port: number | undefined): string {
  if (port === 4040) {
    return "Port 4040 is in use, usually by ngrok's inspector. Stop that program, or move ours: --taskrouter-port 4041.";
  }
  if (port === 3000) {
    return 'Port 3000 is in use, usually by another web application. Stop it, or move ours: --port 3001.';
  }
  return `Port ${port} is in use by another program. Stop it, or choose another with --port or --taskrouter-port.`;
}

/** Those whose message says all there is to say. */
function isExpected(error: unknown): boolean {
  return (
    isOfConfiguration(error) ||
    isOfDataDirectory(error) ||
    error instanceof UpstreamFailed ||
    error instanceof DeploymentFailed ||
    error instanceof ChangedMeanwhile ||
    error instanceof UnmetExpectation ||
    error instanceof Interrupted
  );
}

function isOfConfiguration(error: unknown): boolean {
  return (
    error instanceof ConfigurationError ||
    error instanceof WorkspaceFileError ||
    error instanceof WorkspaceNotChosen
  );
}

function isOfDataDirectory(error: unknown): boolean {
  return (
    error instanceof StoreUnavailable || error instanceof StoreFailed || error instanceof DataFileDamaged
  );
}
