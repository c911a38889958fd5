import { useEffect, useState } from 'preact/hooks';

/** Something whose state changes, and that notifies its listeners. */
interface Store<State> {
  readonly state: State;
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void;
}

/** The current state of a store. The component renders again after each change. */
export function useStore<State>(store: Store<State>): State {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    // Effects run after the first paint; the store may have changed since.
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
