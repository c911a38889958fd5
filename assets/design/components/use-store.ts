import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../store';

/** The current state of a store. The component renders again after each change. */
export function useStore<State extends object>(store: Pick<Store<State>, 'state' | 'subscribe'>): State {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    // Effects run after the first paint; the store may have changed since.
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
