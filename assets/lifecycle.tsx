import { render } from 'preact';
import { LifecyclePage } from './components/lifecycle-page';
import { functionClient } from './lifecycle/function-client';
import { LifecycleSession } from './lifecycle/lifecycle-session';

/**
 * In a frame of another page nothing is shown and nothing asked: its buttons could be made to be clicked. The policy's
 * `frame-ancestors` would say so, but does not count in a <meta> (https://www.w3.org/TR/CSP3/#meta-element), and
 * Twilio's Assets take no headers of ours.
 */
const isFramed = window.top !== window.self;

const place = document.getElementById('page');
if (place && !isFramed) {
  const session = new LifecycleSession({
    invoke: functionClient(location.origin),
    isVisible: () => document.visibilityState === 'visible',
  });
  document.addEventListener('visibilitychange', () => session.visibilityChanged());
  render(<LifecyclePage session={session} />, place);
  void session.refresh();
}
