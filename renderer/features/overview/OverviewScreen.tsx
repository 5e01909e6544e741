import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { AddIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Working } from "../../ui/Working.tsx";
import { TargetCard } from "./TargetCard.tsx";
import "./Overview.css";

export function OverviewScreen() {
  const overviews = useFrom("targets", (state) => state.overviews);
  const trouble = useFrom("targets", (state) => state.trouble);
  const isLost = useFrom("link", (state) => state.phase === "lost");
  const go = useFrom("route", (state) => state.go);
  return (
    <div className="flow">
      <PageHeader
        title="Overview"
        note="The door of each target, as its endpoints answered last."
        actions={
          <Button icon={AddIcon} onPress={() => go({ screen: "addTarget" })}>
            Add a target
          </Button>
        }
      />
      {trouble !== null && trouble.code !== "channelLost" && (
        <Trouble failure={trouble} title="The doors could not be read" />
      )}
      {overviews === null && trouble === null && !isLost && (
        <Working words="Asking the console for your targets…" />
      )}
      <div className="cards">
        {(overviews ?? []).map((overview) => (
          <TargetCard key={overview.target.id} overview={overview} />
        ))}
      </div>
    </div>
  );
}
