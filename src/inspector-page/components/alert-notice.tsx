import type { AlertEntry } from '../data/entries';

export interface AlertNoticeProps {
  readonly level: string;
  readonly code: number;
  readonly detail: string;
  readonly remedy: string;
  /** The alert's own entry, when it is still kept; a replay leads to none. */
  readonly entry: AlertEntry | undefined;
  show(id: number): void;
}

/** What went wrong, and what to do about it. */
export function AlertNotice({ level, code, detail, remedy, entry, show }: AlertNoticeProps) {
  return (
    <div class="notice ill">
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
