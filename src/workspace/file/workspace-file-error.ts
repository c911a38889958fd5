/** A workspace that cannot be made as its file says; one sentence per fault, each with what to do. */
export class WorkspaceFileError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'WorkspaceFileError';
  }
}
