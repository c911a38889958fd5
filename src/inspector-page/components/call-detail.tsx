import type { Call } from '../../../assets/calls/call';
import { CallStatus } from '../../../assets/calls/components/call-status';
import { Conversation } from '../../../assets/calls/components/conversation';
import { ClockTime } from '../../../assets/design/components/clock-time';
import { callTitle, talkedText } from '../data/call-text';
import type { AlertEntry, CallbackEntry, Entry } from '../data/entries';
import { shortSid } from '../data/entry-text';
import { AlertNotice } from './alert-notice';
import { CallRequest } from './call-request';
import { CollapsibleSection } from './collapsible-section';
import { DetailPane } from './detail-pane';
import type { DetailProps } from './detail-props';
import { Subject } from './subject';

interface CallDetailProps extends DetailProps {
  readonly call: Call | null;
  back(): void;
}

/** A phone call: its conversation, and what the application responded. */
export function CallDetail({ call, back, ...props }: CallDetailProps) {
  return (
    <DetailPane
      shown={call?.call_sid ?? null}
      hint="Select a call to see its conversation, and the TwiML of your application."
      back={back}
    >
      {call && <CallBody key={call.call_sid} call={call} {...props} />}
    </DetailPane>
  );
}

function CallBody({ call, ...props }: DetailProps & { readonly call: Call }) {
  const own = props.entries.filter(({ call_sid }) => call_sid === call.call_sid);
  const requests = own.filter(isVoiceRequest);
  const alerts = own.filter((one): one is AlertEntry => one.type === 'alert');
  return (
    <>
      <CallHeader call={call} {...props} />
      <CollapsibleSection title="Conversation">
        <Conversation lines={call.transcript} label="Conversation" />
      </CollapsibleSection>
      {alerts.length > 0 && (
        <CollapsibleSection title="Alerts">
          {alerts.map((alert) => (
            <AlertNotice key={alert.id} {...alert} entry={alert} show={props.show} />
          ))}
        </CollapsibleSection>
      )}
      <CollapsibleSection title="Requests to your application">
        {requests.length === 0 && <p class="faint">None that is still kept.</p>}
        {requests.map((entry, index) => (
          <CallRequest key={entry.id} entry={entry} isOpen={index === 0} show={props.show} />
        ))}
      </CollapsibleSection>
    </>
  );
}

const isVoiceRequest = (entry: Entry): entry is CallbackEntry =>
  entry.type === 'callback' && entry.replay_of === null;

function CallHeader({ call, ...props }: DetailProps & { readonly call: Call }) {
  const { call_sid, parent_call_sid, task_sid, worker_sid, reservation_sid } = call;
  const talked = talkedText(call);
  const subjects = [task_sid, worker_sid, reservation_sid].filter((sid) => sid !== null);
  return (
    <div class="detail-header">
      <h2>{callTitle(call)}</h2>
      <p>
        <CallStatus call={call} />{' '}
        <span class="faint">
          {call.direction} · <ClockTime iso={call.date_created as string} />
          {talked && ` · ${talked} connected`}
        </span>
      </p>
      <p>
        <code class="sid">{call_sid}</code>
      </p>
      <div class="actions">
        <button type="button" onClick={() => props.change({ callSid: call_sid })}>
          Only this call in the log
        </button>
        {parent_call_sid && (
          <button type="button" onClick={() => props.showCall(parent_call_sid)}>
            Dialed by {shortSid(parent_call_sid)}
          </button>
        )}
      </div>
      {subjects.map((sid) => (
        <Subject key={sid} sid={sid} {...props} />
      ))}
    </div>
  );
}
