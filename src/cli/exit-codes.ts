/** Exit codes of every command. Scripts rely on these. */
export const exitCodes = {
  ok: 0,
  error: 1,
  /** Drift or findings. */
  findings: 2,
  /** Bad arguments or configuration, or a Node that is too old. */
  configuration: 3,
  portInUse: 4,
  /** The data directory, or a snapshot, is locked, newer or corrupt, or failed while running. */
  dataDirectory: 5,
  /** A service returned an error. */
  upstream: 6,
  interrupted: 130,
} as const;
