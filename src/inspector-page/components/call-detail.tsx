import type { Call } from '../../../assets/calls/call';
import type { CallMap } from '../../../assets/calls/call-map';
import { CallStatus } from '../../../assets/calls/components/call-status';
import { Conversation } from '../../../assets/calls/components/conversation';
import { ClockTime } from '../../../assets/design/components/clock-time';
import { callTitle, relatedCalls, talkedText } from '../data/call-text';
import type { AlertEntry, CallbackEntry, Entry } from '../data/entries';
import { AlertNotice } from './alert-notice';
import { CallRequest } from './call-request';
import { CallSubject } from './call-subject';
import { CollapsibleSection } from './collapsible-section';
import { DetailPane } from './detail-pane';
import type { DetailProps } from './detail-props';
import { Subject } from './subject';

interface CallDetailProps extends DetailProps {
  readonly call: Call | null;
  readonly calls: CallMap;
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

type CallProps = DetailProps & { readonly call: Call; readonly calls: CallMap };

function CallBody({ call, ...props }: CallProps) {
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
          <CallRequest key={entry.id} entry={entry} isFirst={index === 0} show={props.show} />
        ))}
      </CollapsibleSection>
    </>
  );
}

const isVoiceRequest = (entry: Entry): entry is CallbackEntry =>
  entry.type === 'callback' && entry.replay_of === null;

function CallHeader({ call, calls, ...props }: CallProps) {
  const { call_sid, task_sid, worker_sid, reservation_sid } = call;
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
      </div>
      {subjects.map((sid) => (
        <Subject key={sid} sid={sid} {...props} />
      ))}
      {relatedCalls(call, calls).map((other) => (
        <CallSubject
          key={other.call_sid}
          sid={other.call_sid}
          title={callTitle(other)}
          showCall={props.showCall}
        />
      ))}
    </div>
  );
}
