/** A snapshot cannot be loaded. The message names the file, the place, and the remedy. Nothing was changed. */
export class SnapshotRefused extends Error {
  override readonly name = 'SnapshotRefused';
}
