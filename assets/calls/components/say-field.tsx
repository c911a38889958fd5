import { useId, useState } from 'preact/hooks';

interface SayFieldProps {
  readonly say: (words: string) => Promise<void>;
  /** Whether the call is connected, so that somebody may listen. */
  readonly isConnected: boolean;
}

/** What the person says next, for `<Gather input="speech">`. */
export function SayField({ say, isConnected }: SayFieldProps) {
  const [words, setWords] = useState('');
  const id = useId();
  const isReady = isConnected && words.trim() !== '';
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isReady) return;
    setWords('');
    void say(words.trim());
  };
  return (
    <form class="say" onSubmit={submit} noValidate>
      <label class="visually-hidden" for={id}>
        What to say
      </label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        placeholder="Say something"
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <button type="submit" aria-disabled={!isReady}>
        Say
      </button>
    </form>
  );
}
