/** A text as real paragraphs; every line of it is kept. */
export function Paragraphs({ text }: { readonly text: string }) {
  return text.split(/\n{2,}/).map((paragraph, place) => (
    // Paragraphs have no identity but their place.
    <p key={place} className="terms-paragraph">
      {paragraph}
    </p>
  ));
}
