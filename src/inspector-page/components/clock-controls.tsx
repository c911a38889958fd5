import { useState } from 'preact/hooks';
import { durationText } from '../../common/duration-text';
import type { ControlClient } from '../data/control-client';
import type { ClockState } from '../data/entries';
import { useAction } from './use-action';

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof units;

interface ClockControlsProps {
  readonly clock: ClockState;
  readonly client: ControlClient;
}

/** Moves the virtual clock. */
export function ClockControls({ clock, client }: ClockControlsProps) {
  const { isBusy, error, run } = useAction();
  const [moved, setMoved] = useState<ClockState | null>(null);
  const move = (form: Record<string, string>) => run(async () => setMoved(await client.clock(form)));
  // The stream reports the new time as well, sooner or later than the response.
  const shown = moved && moved.now_ms > clock.now_ms ? moved : clock;
  return (
    <section class="clock" aria-labelledby="clock">
      <h2 id="clock" class="visually-hidden">
        Virtual clock
      </h2>
      <ClockFace clock={shown} />
      <AdvanceForm isBusy={isBusy} move={move} />
      <button
        type="button"
        aria-disabled={isBusy || shown.next_deadline_ms === null}
        title="Advance to the next timeout or other scheduled event"
        onClick={() => shown.next_deadline_ms !== null && move({ action: 'next' })}
      >
        Next event
      </button>
      <button
        type="button"
        aria-pressed={shown.running}
        aria-disabled={isBusy}
        title="Run at the speed of the wall clock"
        onClick={() => move({ action: shown.running ? 'stop' : 'run' })}
      >
        {shown.running ? 'Stop' : 'Run'}
      </button>
      <p class="action-error error-text" role="alert">
        {error}
      </p>
    </section>
  );
}

function ClockFace({ clock }: { readonly clock: ClockState }) {
  const time = new Date(clock.now_ms).toISOString();
  const next = clock.next_deadline_ms;
  return (
    <p class="clock-face" aria-live="polite">
      <time dateTime={time}>{time.slice(0, 19).replace('T', ' ')}</time>{' '}
      <span class="faint">
        {next === null ? 'no scheduled events' : `next in ${durationText(next - clock.now_ms, 4)}`}
      </span>
    </p>
  );
}

function AdvanceForm(props: { readonly isBusy: boolean; move(form: Record<string, string>): void }) {
  const [amount, setAmount] = useState('20');
  const [unit, setUnit] = useState<Unit>('minutes');
  const isValid = /^\d+(\.\d+)?$/.test(amount);
  const advance = (event: Event) => {
    event.preventDefault();
    if (isValid) props.move({ action: 'advance', seconds: String(Number(amount) * units[unit]) });
  };
  return (
    <form class="advance" onSubmit={advance} noValidate>
      <label class="visually-hidden" for="advance-amount">
        Advance by
      </label>
      <input
        id="advance-amount"
        inputMode="decimal"
        autocomplete="off"
        size={5}
        value={amount}
        aria-invalid={!isValid}
        onInput={(event) => setAmount(event.currentTarget.value.trim())}
      />
      <label class="visually-hidden" for="advance-unit">
        Unit
      </label>
      <select id="advance-unit" value={unit} onChange={(event) => setUnit(event.currentTarget.value as Unit)}>
        {Object.keys(units).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="submit" aria-disabled={!isValid || props.isBusy}>
        Advance
      </button>
    </form>
  );
}
