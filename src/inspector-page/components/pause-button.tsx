interface PauseButtonProps {
  /** The number of entries since the list was paused; null if it is not paused. */
  readonly newCount: number | null;
  setPaused(isPaused: boolean): void;
}

/** Stops the list from moving. */
export function PauseButton({ newCount, setPaused }: PauseButtonProps) {
  return (
    <button type="button" aria-pressed={newCount !== null} onClick={() => setPaused(newCount === null)}>
      {newCount === null ? 'Pause' : `Resume (${newCount} new)`}
    </button>
  );
}
