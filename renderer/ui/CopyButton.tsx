import { useState } from "react";
import { Button } from "./Button.tsx";
import { copyText } from "./copyText.ts";
import { CopyIcon } from "./icons.ts";

type CopyButtonProps = {
  /** A long one is made when it is asked for. */
  readonly text: string | (() => string);
  readonly words?: string;
  readonly name?: string;
};

/** Copies a text, and says whether it did. */
export function CopyButton({ text, words = "Copy", name }: CopyButtonProps) {
  const [came, setCame] = useState<"nothing" | "copied" | "refused">("nothing");
  const copy = (): void => {
    void copyText(typeof text === "string" ? text : text()).then((isCopied) =>
      setCame(isCopied ? "copied" : "refused"),
    );
  };
  return (
    <span className="actions">
      <Button icon={CopyIcon} onPress={copy} {...(name === undefined ? {} : { name })}>
        {words}
      </Button>
      <output className="soft">
        {came === "copied" && "Copied"}
        {came === "refused" && "Not copied: select the text and copy it yourself"}
      </output>
    </span>
  );
}
