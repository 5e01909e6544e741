const automation = "System.Management.Automation";
const runtimeException = [`${automation}.RuntimeException`, "System.SystemException"];
const bindingException = [`${automation}.ParameterBindingException`, ...runtimeException];

/** What stands between an exception and System.Exception, for those that are no direct heirs of it. */
const between: ReadonlyMap<string, readonly string[]> = new Map([
  [`${automation}.RuntimeException`, ["System.SystemException"]],
  [`${automation}.CommandNotFoundException`, runtimeException],
  [`${automation}.ParseException`, runtimeException],
  [`${automation}.Host.HostException`, runtimeException],
  [
    `${automation}.MethodInvocationException`,
    [`${automation}.MethodException`, `${automation}.ExtendedTypeSystemException`, ...runtimeException],
  ],
  [`${automation}.PipelineStoppedException`, runtimeException],
  [`${automation}.RemoteException`, runtimeException],
  [`${automation}.ParameterBindingException`, runtimeException],
  [`${automation}.ParameterBindingValidationException`, bindingException],
  [`${automation}.ParameterBindingArgumentTransformationException`, bindingException],
  ["Microsoft.PowerShell.Commands.HelpNotFoundException", ["System.SystemException"]],
  ["System.ArgumentOutOfRangeException", ["System.ArgumentException", "System.SystemException"]],
  ["System.InvalidCastException", ["System.SystemException"]],
  ["System.NullReferenceException", ["System.SystemException"]],
]);

/** The type names of an exception, most derived first ([R], [R7]: always the whole .NET chain). */
export function exceptionTypes(type: string): readonly string[] {
  return [type, ...(between.get(type) ?? []), "System.Exception", "System.Object"];
}
