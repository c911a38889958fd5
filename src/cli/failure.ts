import { DeploymentFailed } from '../deploy/deployment-failed';
import { ConfigurationError } from '../system/config';
import { DataFileDamaged } from '../system/data-file';
import { SnapshotRefused } from '../taskrouter/snapshot/snapshot-refused';
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
  readonly hostname?: string;
  readonly status?: number;
}

/** The exit code for a failure. */
export function exitCode(error: unknown): number {
  if (isConfigurationFailure(error)) return exitCodes.configuration;
  if (error instanceof UpstreamFailed || error instanceof DeploymentFailed) return exitCodes.upstream;
  if (isDataDirectoryFailure(error)) return exitCodes.dataDirectory;
  if (error instanceof Interrupted) return exitCodes.interrupted;
  const { code, status } = error as SystemError;
  if (code === 'EADDRINUSE') return exitCodes.portInUse;
  if (code === 'EACCES' || isUnknownAddress(code) || missingPackage(error)) return exitCodes.configuration;
  if (typeof status === 'number') return exitCodes.upstream;
  return exitCodes.error;
}

/** What is wrong and what to do, without a stack unless the failure is unexpected. */
export function failureMessage(error: unknown): string {
  const { code, port, address, hostname, message, stack, status } = error as SystemError;
  if (code === 'EADDRINUSE') return portInUse(port);
  if (isUnknownAddress(code)) {
    return `Cannot listen on host ${address ?? hostname ?? 'of that name'}: this computer has no such address. Omit --host, or use one of its addresses.`;
  }
  if (code === 'EACCES' && port !== undefined)
    return `This user may not listen on port ${port}. Use a port above 1023.`;
  const missing = missingPackage(error);
  if (missing) return notInstalled(missing);
  if (typeof status === 'number') return `TaskRouter responded with ${status}: ${message}`;
  return isExpected(error) || !(error instanceof Error) ? String(message ?? error) : (stack ?? message);
}

/** The name of a package that Node did not find, if that is what failed. */
function missingPackage(error: unknown): string | undefined {
  const { code, message } = error as SystemError;
  if (code !== 'MODULE_NOT_FOUND') return undefined;
  return /^Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec(message)?.[1];
}

/** The test kit needs fewer packages than the command, so npm may have left some out. */
const notInstalled = (name: string) =>
  `This command needs the package "${name}", which is not installed. Run "npm install --include=optional"; in a clone, "npm ci".`;

/** The name cannot be resolved (now, or at all), or the address belongs to another computer. */
const isUnknownAddress = (code: string | number | undefined) =>
  code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';

/** Names the usual owners of the default ports. For other ports, either flag may be the one to change. */
function portInUse(port: number | undefined): string {
  if (port === 4040) {
    return "Port 4040 is in use, usually by ngrok's inspector. Stop that program, or use another port: --taskrouter-port 4041.";
  }
  if (port === 3000) {
    return 'Port 3000 is in use, usually by another web application. Stop it, or use another port: --port 3001.';
  }
  return `Port ${port} is in use by another program. Stop it, or use another port with --port or --taskrouter-port.`;
}

/** Failures whose message needs no stack. */
function isExpected(error: unknown): boolean {
  return (
    isConfigurationFailure(error) ||
    isDataDirectoryFailure(error) ||
    error instanceof UpstreamFailed ||
    error instanceof DeploymentFailed ||
    error instanceof ChangedMeanwhile ||
    error instanceof UnmetExpectation ||
    error instanceof Interrupted
  );
}

function isConfigurationFailure(error: unknown): boolean {
  return (
    error instanceof ConfigurationError ||
    error instanceof WorkspaceFileError ||
    error instanceof WorkspaceNotChosen
  );
}

/** Also a snapshot that cannot be loaded into it. */
function isDataDirectoryFailure(error: unknown): boolean {
  return (
    error instanceof StoreUnavailable ||
    error instanceof StoreFailed ||
    error instanceof DataFileDamaged ||
    error instanceof SnapshotRefused
  );
}
