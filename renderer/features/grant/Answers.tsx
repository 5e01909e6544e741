import type { KeyboardEvent } from "react";
import { runningGrant } from "../../parts/doorWords.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";

type AnswersProps = {
  readonly targetId: string;
  readonly questionId: string;
  readonly mayAgree: boolean;
  readonly answering: "yes" | "no" | null;
};

/** Yes and No, alike; nothing is chosen beforehand, and Enter answers neither. */
export function Answers({ targetId, questionId, mayAgree, answering }: AnswersProps) {
  const answer = useFrom("grant", (state) => state.answer);
  const door = useTarget(targetId)?.door;
  const isChange = door !== undefined && runningGrant(door) !== null;
  const give = (which: "yes" | "no"): void => {
    if (answering === null && (which === "no" || mayAgree)) void answer(targetId, questionId, which);
  };
  return (
    <div className="answers">
      <Button disabled={!mayAgree || answering !== null} onKeyDown={notEnter} onPress={() => give("yes")}>
        {isChange ? "Yes, change the grant" : "Yes, open the door"}
      </Button>
      <Button disabled={answering !== null} onKeyDown={notEnter} onPress={() => give("no")}>
        {isChange ? "No, leave it as it is" : "No, keep it shut"}
      </Button>
    </div>
  );
}

function notEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}
