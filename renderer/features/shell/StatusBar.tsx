import { ClockRemarks } from "../../parts/ClockRemarks.tsx";
import { useCurrentTargetId, useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";

const hosts = {
  desktop: "Desktop",
  serve: "Browser, served from this machine",
  cli: "Command line",
} as const;

/** Who answered, how old that is, and where the console runs. */
export function StatusBar() {
  const route = useFrom("route", (state) => state.route);
  const overview = useTarget(useCurrentTargetId("targetId" in route ? route.targetId : null));
  const host = useFrom("link", (state) => state.host);
  const phase = useFrom("link", (state) => state.phase);
  return (
    <footer className="status-bar">
      {overview === null ? (
        <span>No target</span>
      ) : overview.door.answeredAt === null ? (
        <span>{overview.target.name}: no answer yet</span>
      ) : (
        <span>
          {overview.target.name}: {overview.door.answeredBy ?? "an endpoint"} answered{" "}
          <RelativeTime at={overview.door.answeredAt} />
        </span>
      )}
      {overview !== null && (
        <ClockRemarks targetName={overview.target.name} deviceAheadMs={overview.door.deviceAheadMs} />
      )}
      <span className="top-fill" />
      <span>
        {phase === "connected" ? "Connected" : phase === "connecting" ? "Connecting…" : "Not connected"}
      </span>
      {host !== null && (
        <span>
          {hosts[host.host]} · {host.version}
        </span>
      )}
    </footer>
  );
}
