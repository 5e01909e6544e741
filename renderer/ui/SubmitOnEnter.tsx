/** Enter in an entry submits only where the form has a button of its own: this one is neither seen nor heard. */
export function SubmitOnEnter({ disabled = false }: { readonly disabled?: boolean }) {
  return (
    <button type="submit" className="only-heard" tabIndex={-1} aria-hidden="true" disabled={disabled}>
      Submit
    </button>
  );
}
