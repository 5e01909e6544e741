import type { OpenShell } from "#contract";
import { useState } from "react";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Tick } from "../../ui/Tick.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { secondsWords } from "./shellWords.ts";

type EndOthersProps = {
  readonly shell: OpenShell;
  readonly onEnd: () => void;
  readonly onKeep: () => void;
};

/** Asks a second time before another client's shell is ended; keeping it is the default. */
export function EndOthers({ shell, onEnd, onKeep }: EndOthersProps) {
  const [isSure, setIsSure] = useState(false);
  return (
    <Banner
      kind="danger"
      title={`Another client began shell ${visibleText(shell.shellId)} at ${shell.endpoint}, and may be at work in it`}
      actions={
        <>
          <Button
            kind="danger"
            disabled={!isSure}
            name={`End the shell of the other client at ${shell.endpoint}`}
            onPress={() => {
              if (isSure) onEnd();
            }}
          >
            End the shell
          </Button>
          <Button onPress={onKeep}>Keep it</Button>
        </>
      }
    >
      <p>
        From {visibleText(shell.clientIp ?? "an address that is not told")}, used last{" "}
        {shell.idleSeconds === null ? "at a time that is not told" : `${secondsWords(shell.idleSeconds)} ago`}
        . Ask whoever uses it before you end it.
      </p>
      <Tick
        label="I know that what runs in it is broken off, and that nobody there is told why"
        on={isSure}
        onChange={setIsSure}
      />
    </Banner>
  );
}
