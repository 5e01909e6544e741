import { Spinner } from "@fluentui/react-components";

/** Something is under way; the words say what. */
export function Working({ words }: { readonly words: string }) {
  return (
    <output className="working">
      <Spinner size="tiny" aria-hidden="true" />
      <span>{words}</span>
    </output>
  );
}
