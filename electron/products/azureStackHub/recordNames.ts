import type { GrantField, SessionField } from "../shapes.ts";
import { from, type Sourced } from "../sourced.ts";
import { azureLocal, guessed, resourceManager, stackEdge } from "./sources.ts";

export const grantNames: Readonly<Record<GrantField, readonly Sourced[]>> = {
  state: from(azureLocal, "State"),
  level: from(azureLocal, "AccessLevel"),
  createdAt: from(azureLocal, "CreatedAt"),
  updatedAt: from(azureLocal, "UpdatedAt"),
  expiresAt: [...from(azureLocal, "ExpiresAt"), ...from(resourceManager, "ExpirationTimeStamp")],
  connectionStatus: from(azureLocal, "ConnectionStatus"),
  connectionError: from(azureLocal, "ConnectionErrorMessage"),
  targetService: from(azureLocal, "TargetService"),
  credential: from(azureLocal, "SasCredential"),
};

export const sessionNames: Readonly<Record<SessionField, readonly Sourced[]>> = {
  id: from(stackEdge, "SessionId"),
  level: from(stackEdge, "AccessLevel"),
  startedAt: [
    ...from(stackEdge, "SessionStartTime"),
    ...from(resourceManager, "SessionStartOn"),
    ...from(guessed, "StartTime"),
  ],
  endedAt: [
    ...from(stackEdge, "SessionEndTime"),
    ...from(resourceManager, "SessionEndOn"),
    ...from(guessed, "EndTime"),
  ],
  remoteApplication: from(stackEdge, "RemoteApplication"),
  transcriptPath: [
    ...from(stackEdge, "SessionTranscriptPath"),
    ...from(resourceManager, "TranscriptLocation"),
    ...from(guessed, "TranscriptPath"),
  ],
  transcript: [
    ...from(stackEdge, "SessionTranscriptContent"),
    ...from(guessed, "TranscriptContent", "Transcript", "ControlSessionTranscript"),
  ],
};
