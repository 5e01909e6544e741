import { CopyButton } from "../ui/CopyButton.tsx";
import "./CommandLine.css";

/** One exact line, to be read and copied. */
export function CommandLine({ label, line }: { readonly label: string; readonly line: string }) {
  return (
    <figure>
      <figcaption className="soft">{label}</figcaption>
      <div className="command">
        <code>{line}</code>
        <CopyButton text={line} name={`Copy: ${label}`} />
      </div>
    </figure>
  );
}
