import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { AddIcon, StartIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Working } from "../../ui/Working.tsx";
import { TargetBox } from "./TargetBox.tsx";
import "./Targets.css";

type TargetsScreenProps = {
  /** The target that the address names; null for all of them. */
  readonly only: string | null;
};

export function TargetsScreen({ only }: TargetsScreenProps) {
  const overviews = useFrom("targets", (state) => state.overviews);
  const trouble = useFrom("targets", (state) => state.trouble);
  const practice = useFrom("targets", (state) => state.practice);
  const startPractice = useFrom("targets", (state) => state.startPractice);
  const canPractise = useFrom("link", (state) => state.host?.canPractise ?? false);
  const go = useFrom("route", (state) => state.go);
  const isLost = useFrom("link", (state) => state.phase === "lost");
  const shown = (overviews ?? []).filter(({ target }) => only === null || target.id === only);
  const hasPractice = overviews?.some(({ target }) => target.practice) === true;
  return (
    <div className="flow">
      <PageHeader
        title="Targets"
        note="What the console can open a door of, and how it is reached."
        actions={
          <>
            {canPractise && !hasPractice && overviews !== null && (
              <Button
                icon={StartIcon}
                disabled={practice.phase === "waiting"}
                onPress={() => void startPractice()}
              >
                Open the practice stamp
              </Button>
            )}
            {only !== null && <Button onPress={() => go({ screen: "targets" })}>All targets</Button>}
            <Button kind="main" icon={AddIcon} onPress={() => go({ screen: "addTarget" })}>
              Add a target
            </Button>
          </>
        }
      />
      {practice.phase === "waiting" && <Working words="Starting the practice stamp…" />}
      {practice.phase === "failed" && (
        <Trouble failure={practice.failure} title="The practice stamp did not start" />
      )}
      {overviews === null && trouble === null && !isLost && (
        <Working words="Asking the console for your targets…" />
      )}
      {overviews?.length === 0 && <Empty title="No target yet">Add one, or open the practice stamp.</Empty>}
      {overviews !== null && overviews.length > 0 && shown.length === 0 && (
        <Empty title="No such target">It was removed, or the address is of another console.</Empty>
      )}
      {shown.map((overview) => (
        <TargetBox key={overview.target.id} overview={overview} />
      ))}
    </div>
  );
}
