import { type Call, isOver } from '../../calls/call';
import { CallStatus } from '../../calls/components/call-status';
import { Conversation } from '../../calls/components/conversation';
import { Keypad, typedKeys } from '../../calls/components/keypad';
import { SayField } from '../../calls/components/say-field';
import { TalkTime } from '../../calls/components/talk-time';
import { AttributeList } from '../../components/attribute-list';
import { useBusy } from '../../design/components/use-busy';
import { shownAttributes } from '../../lifecycle/shown-attributes';
import type { AgentPhone, PhoneCall } from '../agent-phone';
import { callerOf, endingOf, hearsTwiml } from '../call-text';
import type { ReservationView } from '../reservation-view';

interface CallCardProps {
  readonly phoneCall: PhoneCall;
  /** The one that the call belongs to. */
  readonly reservation: ReservationView | undefined;
  readonly phone: AgentPhone;
}

/** A call to the worker: it rings, goes on, or is over. */
export function CallCard({ phoneCall: { call, error }, reservation, phone }: CallCardProps) {
  const { call_sid, status, task_sid, transcript } = call;
  const caller = callerOf(call, reservation);
  const isConnected = status === 'in-progress';
  const keys = { press: (key: string) => phone.press(call_sid, key), isConnected };
  return (
    <li
      class="task call-card"
      tabIndex={-1}
      aria-label={`Call from ${caller}`}
      data-call-sid={call_sid}
      data-status={status}
      onKeyDown={hearsTwiml(call) ? typedKeys(keys) : undefined}
    >
      <div class="row">
        <p>
          <b>{caller}</b> <span class="faint">{doing(call)}</span>
        </p>
        <span class="call-state">
          <TalkTime call={call} now={phone.now} />
          <CallStatus call={call} />
        </span>
      </div>
      {status === 'ringing' && <OwnAttributes reservation={reservation} />}
      <p class="metadata">
        {reservation && status === 'ringing' && (
          <>
            {reservation.queue}
            <br />
          </>
        )}
        {task_sid && <code class="sid">{task_sid}</code>}
      </p>
      {isConnected && (
        <div class="call-talk">
          <Conversation lines={transcript} label={`Conversation of the call from ${caller}`} />
          {hearsTwiml(call) && (
            <div class="call-keys">
              <Keypad {...keys} />
              <SayField say={(words) => phone.say(call_sid, words)} isConnected />
            </div>
          )}
        </div>
      )}
      {error && (
        <p class="notice is-error" role="alert">
          {error}
        </p>
      )}
      <Actions call={call} caller={caller} phone={phone} />
    </li>
  );
}

function doing(call: Call): string {
  if (isOver(call)) return 'called';
  return call.status === 'in-progress' ? 'is connected' : 'is calling';
}

/** Without the numbers: the card says who calls, and every call is to one of your numbers. */
function OwnAttributes({ reservation }: Pick<CallCardProps, 'reservation'>) {
  const shown = shownAttributes(reservation?.attributes ?? null);
  const own = shown.filter(([name]) => name !== 'from' && name !== 'to');
  return own.length > 0 ? <AttributeList attributes={Object.fromEntries(own)} /> : null;
}

function Actions({
  call,
  caller,
  phone,
}: {
  readonly call: Call;
  readonly caller: string;
  readonly phone: AgentPhone;
}) {
  const [isBusy, run] = useBusy();
  const button = (label: string, style: string | undefined, action: () => Promise<void>) => (
    <button type="button" class={style} aria-disabled={isBusy} onClick={() => run(action)}>
      {label}
      <span class="visually-hidden"> {caller}</span>
    </button>
  );
  const { call_sid, status } = call;
  if (isOver(call))
    return (
      <div class="row">
        <p>{endingOf(call)}</p>
        {button('Dismiss', 'plain', async () => phone.dismiss(call_sid))}
      </div>
    );
  return (
    <div class="actions">
      {status === 'ringing' && button('Answer', 'primary', () => phone.act(call_sid, 'answer'))}
      {status === 'ringing' && button('Decline', 'hang-up', () => phone.act(call_sid, 'decline'))}
      {status === 'in-progress' && button('Hang up', 'hang-up', () => phone.act(call_sid, 'hang_up'))}
    </div>
  );
}
