import { ConsoleError, type Endpoint, type Target } from "#contract";

/** The endpoint of that name, in any case of letters. */
export function endpointNamed(target: Target, name: string): Endpoint {
  const endpoint = target.endpoints.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (endpoint !== undefined) return endpoint;
  const names = target.endpoints.map((each) => each.name).join(", ");
  throw new ConsoleError("notFound", `${target.name} has no endpoint ${name}. Its endpoints: ${names}.`);
}
