import type { AlertEntry } from '../data/entries';

interface AlertNoticeProps {
  readonly level: string;
  readonly code: number | null;
  readonly detail: string;
  readonly remedy: string;
  /** The entry of the alert, if it is still kept. Replays have none. */
  readonly entry: AlertEntry | undefined;
  show(id: number): void;
}

/** What went wrong and how to fix it. */
export function AlertNotice({ level, code, detail, remedy, entry, show }: AlertNoticeProps) {
  return (
    <div class="notice is-error">
      <p>
        <b>
          {level} {code}
        </b>{' '}
        {detail}
      </p>
      <p>{remedy}</p>
      {entry && (
        <button type="button" class="plain" onClick={() => show(entry.id)}>
          Show the alert
        </button>
      )}
    </div>
  );
}
