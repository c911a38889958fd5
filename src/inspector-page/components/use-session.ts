import { useEffect, useState } from 'preact/hooks';
import type { InspectorSession, SessionState } from '../data/inspector-session';

export function useSession(session: InspectorSession): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    setState(session.state);
    return session.subscribe(() => setState(session.state));
  }, [session]);
  return state;
}
