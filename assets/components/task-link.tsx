/** Goes to the card of a task on this page. */
export function TaskLink({ taskSid }: { readonly taskSid: string }) {
  return <a href={`#${taskSid}`}>{taskSid.slice(-4)}</a>;
}
