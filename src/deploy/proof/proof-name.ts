import { randomBytes } from 'node:crypto';

/** By what everything of one proof is known: names that nobody else would choose, and an attribute with its nonce. */
export interface ProofName {
  readonly nonce: string;
  /** Of the task queue, the workflow and the worker. */
  readonly friendlyName: string;
  /** Of the task channel, whose names have no hyphens. */
  readonly channelName: string;
  /** Of the worker and of the task. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Which workers the task queue, and which tasks the workflow takes. */
  readonly expression: string;
}

/** @param nonce hexadecimal digits, by chance */
export function proofName(nonce: string): ProofName {
  return {
    nonce,
    friendlyName: `taskrouter proof ${nonce}`,
    channelName: `taskrouter_proof_${nonce}`,
    attributes: { taskrouter_proof: nonce },
    expression: `taskrouter_proof == "${nonce}"`,
  };
}

/** For one proof. */
export const newNonce = () => randomBytes(8).toString('hex');

/** The proof to which something of this name belongs; null when it is none of ours. */
export function readProofName(friendlyName: string): ProofName | null {
  const nonce = /^taskrouter proof ([0-9a-f]{16})$/.exec(friendlyName)?.[1];
  return nonce === undefined ? null : proofName(nonce);
}
