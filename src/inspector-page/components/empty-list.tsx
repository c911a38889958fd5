import type { Connection } from '../data/live-stream';

export interface EmptyListProps {
  /** Whether a filter hides entries. */
  readonly isFiltered: boolean;
  readonly connection: Connection;
  readonly functionsUrl: string | null;
  showAll(): void;
}

/** Shown instead of the list while it is empty: why, and what to do. */
export function EmptyList({ isFiltered: isNarrowed, connection, functionsUrl, showAll }: EmptyListProps) {
  return (
    <div class="empty-state">
      {isNarrowed ? (
        <>
          <p>No matching entries.</p>
          <button type="button" onClick={showAll}>
            Clear filters
          </button>
        </>
      ) : (
        <p>{texts[connection.state] ?? waitingText(functionsUrl)}</p>
      )}
    </div>
  );
}

const texts: Readonly<Partial<Record<Connection['state'], string>>> = {
  connecting: 'Connecting to the local TaskRouter …',
  lost: 'The local TaskRouter cannot be reached. Start it again; this page reconnects automatically.',
  'signed-out':
    'Sign in to the local TaskRouter: reload the page and enter the account sid and the auth token.',
};

const waitingText = (functionsUrl: string | null) =>
  functionsUrl === null
    ? 'No requests yet. Send one to the REST API to see it here.'
    : 'No requests yet. Create a task on the lifecycle page to see its requests and callbacks here.';
