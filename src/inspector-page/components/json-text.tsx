/** Strings, with the colon that makes a name of one; words and numbers; what lies between. */
const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON with its parts told apart by colour; any other text as it is. Text stays text, whatever it says. */
export function JsonText({ text }: { readonly text: string }) {
  return <pre class="json">{isJson(text) ? parts(text) : text}</pre>;
}

function parts(text: string): preact.ComponentChild[] {
  const children: preact.ComponentChild[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [whole, string, colon] = match;
    children.push(text.slice(end, match.index));
    children.push(
      <span key={match.index} class={colon ? 'name' : string ? 'text' : 'value'}>
        {colon ? string : whole}
      </span>,
    );
    if (colon) children.push(colon);
    end = match.index + whole.length;
  }
  children.push(text.slice(end));
  return children;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
