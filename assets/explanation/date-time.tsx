import { ClockTime } from '../design/components/clock-time';

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** The time of day, after the day if that is not today. */
export function DateTime({ iso }: { readonly iso: string }) {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return (
    <>
      {isToday ? '' : `${day.format(date)}, `}
      <ClockTime iso={iso} />
    </>
  );
}
