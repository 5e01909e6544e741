/** The legal text a product publishes. `text` has paragraphs parted by an empty line and no newline at its end. */
export type PublishedTerms = { readonly product: string; readonly source: string; readonly text: string };
