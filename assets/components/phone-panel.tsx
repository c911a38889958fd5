import { useState } from 'preact/hooks';
import { type Call, isOver } from '../calls/call';
import type { CallerPhone, CallerPhoneState } from '../calls/caller-phone';
import { CallStatus } from '../calls/components/call-status';
import { Conversation } from '../calls/components/conversation';
import { Keypad, typedKeys } from '../calls/components/keypad';
import { SayField } from '../calls/components/say-field';
import { TalkTime } from '../calls/components/talk-time';
import { useBusy } from '../design/components/use-busy';
import { useFocusReturn } from '../design/components/use-focus-return';
import { useStore } from '../design/components/use-store';
import { TaskLink } from './task-link';

interface PhonePanelProps {
  readonly phone: CallerPhone;
  /** The time of TaskRouter's clock, in ms since 1970. */
  readonly now: () => number;
}

/** Calls as a caller: a form for the next one, or the one in progress. Nothing where no calls can be simulated. */
export function PhonePanel({ phone, now }: PhonePanelProps) {
  const state = useStore(phone);
  const area = useFocusReturn(nextInPhone);
  if (!state.isAvailable) return null;
  return (
    <section class="panel" aria-labelledby="phone">
      <h2 id="phone">Simulate a call</h2>
      <div ref={area} class="phone" tabIndex={-1}>
        <CallChoice state={state} choose={phone.choose} />
        {state.call ? (
          <CurrentCall key={state.call.call_sid} call={state.call} phone={phone} now={now} />
        ) : (
          <CallForm phone={phone} />
        )}
        {state.error && (
          <p class="notice is-error" role="alert">
            {state.error}
          </p>
        )}
      </div>
    </section>
  );
}

/** When a call begins or ends, its button is gone. In the call, keys can be typed at once. */
const nextInPhone = (): string => '.call, .numbers input';

interface CallChoiceProps {
  readonly state: CallerPhoneState;
  readonly choose: CallerPhone['choose'];
}

/** Several people may call at the same time. */
function CallChoice({ state: { calls, call }, choose }: CallChoiceProps) {
  const isElsewhere = calls.some(({ call_sid }) => call_sid !== call?.call_sid);
  if (!isElsewhere) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons
    <div class="choice" role="group" aria-label="Calls in progress">
      {calls.map(({ call_sid, from }) => (
        <button
          key={call_sid}
          type="button"
          aria-pressed={call_sid === call?.call_sid}
          onClick={() => choose(call_sid)}
        >
          {from}
        </button>
      ))}
    </div>
  );
}

/** Numbers that are kept for fiction. */
const usualFrom = '+15550111';
const usualTo = '+15555550100';

function CallForm({ phone }: Pick<PhonePanelProps, 'phone'>) {
  const [from, setFrom] = useState(usualFrom);
  const [to, setTo] = useState('');
  const [isBusy, run] = useBusy();
  const call = (event: Event) => {
    event.preventDefault();
    run(() => phone.begin(from.trim(), to.trim()));
  };
  const enter =
    (set: (value: string) => void) =>
    ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
      // A call that somebody else begins would replace the form.
      phone.choose(null);
      set(currentTarget.value);
    };
  return (
    <form onSubmit={call} noValidate>
      <div class="numbers">
        <label>
          From
          <input type="text" autocomplete="off" value={from} onInput={enter(setFrom)} />
        </label>
        <label>
          To (optional)
          <input type="text" autocomplete="off" value={to} placeholder={usualTo} onInput={enter(setTo)} />
        </label>
      </div>
      <div class="row">
        <button type="submit" class="primary" aria-disabled={isBusy}>
          Call
        </button>
      </div>
    </form>
  );
}

interface CurrentCallProps extends PhonePanelProps {
  readonly call: Call;
}

function CurrentCall({ call, phone, now }: CurrentCallProps) {
  const over = isOver(call);
  const keys = { press: phone.press, isConnected: call.status === 'in-progress' };
  const [isBusy, run] = useBusy();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div
      class="call"
      role="group"
      aria-label={`Call from ${call.from}`}
      tabIndex={-1}
      data-call-sid={call.call_sid}
      data-status={call.status}
      onKeyDown={typedKeys(keys)}
    >
      <div class="row">
        <b>{call.from}</b>
        <CallStatus call={call} />
      </div>
      <p class="row call-facts">
        <span>
          <span class="faint">to {call.to}</span>{' '}
          {call.task_sid && (
            <>
              Task <TaskLink taskSid={call.task_sid} />
            </>
          )}
        </span>
        <TalkTime call={call} now={now} />
      </p>
      <Conversation lines={call.transcript} label={`Conversation of the call from ${call.from}`} />
      {!over && <Keypad {...keys} />}
      {!over && <SayField say={phone.say} isConnected={keys.isConnected} />}
      <div class="actions">
        {!over && (
          <button type="button" class="hang-up" aria-disabled={isBusy} onClick={() => run(phone.hangUp)}>
            Hang up
          </button>
        )}
        <button type="button" class={over ? 'primary' : undefined} onClick={() => phone.choose(null)}>
          New call
        </button>
      </div>
    </div>
  );
}
