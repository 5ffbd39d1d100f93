// Uses the generated types as a program of anyone's would; compiled by `python -m tests.clients`, never run.
import type { components, paths } from "./types";

type Lookup = paths["/lookup"]["get"];
type Answer = Lookup["responses"][200]["content"]["application/json"];
type Problem = Lookup["responses"][400]["content"]["application/problem+json"];
type Batch = NonNullable<paths["/lookup"]["post"]["requestBody"]>["content"]["application/json"];

export const query: NonNullable<Lookup["parameters"]["query"]> = { q: "nghi quyet", dict: ["vi-en"], limit: 5 };
export const batch: Batch = { queries: ["go", { q: "hoc sinh" }] };

export function summary(answer: Answer): string {
  const best: components["schemas"]["Hit"] | undefined = answer.results[0];
  if (!answer.found || !best) return (answer.suggestions ?? []).join(", ");
  const kind: string = best.match.kind;
  return `${best.headword} (${kind}): ${best.senses[0]?.gloss}`;
}

export const sentence = (problem: Problem): string => problem.detail;
