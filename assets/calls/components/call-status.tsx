import { Badge, type Tone } from '../../design/components/badge';
import type { Call } from '../call';

const tones: Readonly<Record<Call['status'], Tone>> = {
  queued: 'waiting',
  initiated: 'waiting',
  ringing: 'waiting',
  'in-progress': 'ok',
  completed: 'off',
  canceled: 'off',
  busy: 'error',
  'no-answer': 'error',
  failed: 'error',
};

/** The status of a call, in Twilio's words. */
export function CallStatus({ call: { status } }: { readonly call: Pick<Call, 'status'> }) {
  return <Badge tone={tones[status]} text={status} />;
}
