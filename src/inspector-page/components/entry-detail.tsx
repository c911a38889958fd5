import type { Entry } from '../data/entries';
import { AlertDetail } from './alert-detail';
import { CallbackDetail } from './callback-detail';
import { DetailPane } from './detail-pane';
import type { DetailProps } from './detail-props';
import { RequestDetail } from './request-detail';

/** The details of the selected entry. */
export function EntryDetail({ entry, ...props }: DetailProps & { readonly entry: Entry | null }) {
  return (
    <DetailPane
      shown={entry}
      hint="Select an entry to see its details: the request, the signed text, and the response."
      back={() => props.show(null)}
    >
      {entry && <EntryBody key={entry.id} entry={entry} {...props} />}
    </DetailPane>
  );
}

function EntryBody({ entry, ...props }: DetailProps & { readonly entry: Entry }) {
  if (entry.type === 'request') return <RequestDetail entry={entry} {...props} />;
  if (entry.type === 'callback') return <CallbackDetail entry={entry} {...props} />;
  return <AlertDetail entry={entry} {...props} />;
}
