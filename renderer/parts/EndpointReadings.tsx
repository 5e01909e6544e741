import type { EndpointReading } from "#contract";
import { useFrom } from "../stores/storesContext.ts";
import { Button } from "../ui/Button.tsx";
import { capital } from "../ui/capital.ts";
import { CheckIcon } from "../ui/icons.ts";
import { tabStop } from "../ui/tabStop.ts";
import { visibleParagraphs } from "../ui/visibleText.ts";
import { isWhole, notRead, readCountWords } from "./readWords.ts";
import "./EndpointReadings.css";

type EndpointReadingsProps = {
  readonly endpoints: readonly EndpointReading[];
  readonly targetId: string;
  readonly targetName: string;
  /** What stands above it anyway: a reason that is told there is not told again. */
  readonly alreadySaid?: string | undefined;
};

/**
 * What a reading rests on: how many endpoints were read, which were not and why, and what nobody understood, in the
 * words that came.
 */
export function EndpointReadings({
  endpoints,
  targetId,
  targetName,
  alreadySaid = "",
}: EndpointReadingsProps) {
  const go = useFrom("route", (state) => state.go);
  if (isWhole(endpoints)) return <p className="soft small">{capital(readCountWords(endpoints))}.</p>;
  return (
    <section className="endpoint-readings" aria-label={`Endpoints of ${targetName}`}>
      <p>
        <strong>{capital(readCountWords(endpoints))}.</strong>
      </p>
      {notRead(endpoints).map(({ names, because }) => (
        <p key={because}>
          <strong>{names}</strong> not read
          {alreadySaid.includes(because) ? "." : `: ${visibleParagraphs(because)}`}
        </p>
      ))}
      {endpoints.map((reading) => (
        <NotUnderstood key={reading.endpoint} reading={reading} />
      ))}
      {endpoints.length > 0 && (
        <div>
          <Button
            icon={CheckIcon}
            name={`Open the connection check of ${targetName}`}
            onPress={() => go({ screen: "target", targetId })}
          >
            Open the connection check
          </Button>
        </div>
      )}
    </section>
  );
}

/** As it was printed, as plain text: an operator may know what it means. */
function NotUnderstood({ reading: { endpoint, notUnderstood } }: { readonly reading: EndpointReading }) {
  if (notUnderstood.length === 0) return null;
  return (
    <>
      <p>
        <strong>{endpoint}</strong> printed what the console does not understand, so its reading proves
        nothing:
      </p>
      <pre className="not-understood" {...tabStop}>
        {visibleParagraphs(notUnderstood.join("\n"))}
      </pre>
    </>
  );
}
