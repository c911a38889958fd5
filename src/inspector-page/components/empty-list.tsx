import type { Connection } from '../data/live-stream';
import type { EntryListProps } from './entry-list';

/** What stands in the place of the list while it is empty, and what to do about that. */
export function EmptyList({ isFiltered: isNarrowed, connection, functionsUrl, showAll }: EntryListProps) {
  return (
    <div class="nothing">
      {isNarrowed ? (
        <>
          <p>Nothing fits.</p>
          <button type="button" onClick={showAll}>
            Show everything again
          </button>
        </>
      ) : (
        <p>{words[connection.state] ?? waiting(functionsUrl)}</p>
      )}
    </div>
  );
}

const words: Readonly<Partial<Record<Connection['state'], string>>> = {
  connecting: 'Asking the local TaskRouter …',
  lost: 'The local TaskRouter cannot be reached. Start it again, and this page goes on by itself.',
  'signed-out':
    'The local TaskRouter wants you to sign in: reload, and enter the account sid and the auth token.',
};

const waiting = (functionsUrl: string | null) =>
  functionsUrl === null
    ? 'Nothing has been asked yet. Send a request to the REST API, and it appears here.'
    : 'Nothing has happened yet. Create a task on the lifecycle page, and everything it sets off appears here.';
