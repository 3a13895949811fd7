import type { Arrived, Group, How, Obstacle, Reason, Why, WhyNot } from "../../evidence/explanation.js";
import { tupleOf } from "../../evidence/explanation.js";
import type { FailingLiteral } from "../../evidence/partial-match.js";
import type { Program, RuleId } from "../../program/program.js";
import { ruleText } from "../text/source-text.js";
import { formatPattern, formatTuple } from "../text/tuples.js";
import type { JsonObject } from "./json.js";
import { faultJson, placeJson, rulePlaceJson, tupleAtJson } from "./values.js";

/** A derivation tree, as `$defs/why` of schema/run.schema.json describes it. */
export function whyJson(why: Why, program: Program): JsonObject {
  return {
    tuple: tupleAtJson(program, why.tuple),
    since: why.since,
    ...(why.kept.length === 0 ? {} : { keptOver: why.kept.map(faultJson) }),
    otherDerivations: why.alternatives,
    by: howJson(why.how, program),
  };
}

function howJson(how: How, program: Program): JsonObject {
  switch (how.kind) {
    case "fact":
      return {
        kind: "fact",
        place: placeJson(how.span),
        ...(how.everywhere === true ? { everywhere: true } : {}),
      };
    case "built-in":
      return { kind: how.relation };
    case "above":
    case "deeper":
      return { kind: how.kind };
    case "firing":
      return {
        kind: "rule",
        rule: ruleText(program, how.rule),
        place: rulePlaceJson(program, how.rule),
        at: how.instant,
        ...(how.message === undefined ? {} : { message: messageJson(how.message) }),
        ...(how.keptOver === undefined ? {} : { keptOver: faultJson(how.keptOver) }),
        premises: how.premises.map((p) =>
          p.kind === "tuple"
            ? whyJson(p.why, program)
            : {
                absent: formatPattern(program, p.relation, p.pattern),
                at: p.instant,
                ...(p.whyNot === undefined ? {} : furtherJson(p.whyNot, program)),
              },
        ),
      };
    default: {
      const never: never = how;
      return never;
    }
  }
}

/** With the instants of its arrival if it was late or arrived again. */
function messageJson({ from, to, sent, at, again }: Arrived): JsonObject {
  const isLate = again || at.some((instant) => instant > sent + 1);
  return { from, to, ...(isLate ? { arrivals: at, again } : {}) };
}

/** Why a tuple is missing, as `$defs/whyNot` of schema/run.schema.json describes it; where a column may have any value, `$defs/whyNotAny`. */
export function whyNotJson({ wanted, since, away, facts, attempts }: WhyNot, program: Program): JsonObject {
  const tuple = tupleOf(wanted);
  return {
    ...(tuple === undefined
      ? { pattern: formatPattern(program, wanted.relation, wanted.pattern), at: wanted.instant }
      : { tuple: tupleAtJson(program, tuple) }),
    since,
    ...(away === undefined ? {} : { away: faultJson(away) }),
    ...(facts.length === 0
      ? {}
      : {
          facts: facts.map((fact) => ({
            at: fact.instant,
            ...(fact.away === undefined ? {} : { away: faultJson(fact.away) }),
          })),
        }),
    attempts: attempts.map((attempt) => ({
      rule: ruleText(program, attempt.rule),
      place: rulePlaceJson(program, attempt.rule),
      ...reasonJson(attempt, attempt.rule, program),
      ...(attempt.others.length === 0
        ? {}
        : { others: attempt.others.map((reason) => reasonJson(reason, attempt.rule, program)) }),
      ...(attempt.unlisted === 0 ? {} : { unlisted: attempt.unlisted }),
    })),
  };
}

function reasonJson({ instant, until, binding, obstacle }: Reason, rule: RuleId, program: Program): JsonObject {
  return {
    at: instant,
    until,
    binding: Object.fromEntries([...binding].map(([v, value]) => [program.rules[rule]?.variables[v] ?? "_", value])),
    obstacle: obstacleJson(obstacle, program),
  };
}

function furtherJson(whyNot: WhyNot, program: Program): JsonObject {
  const document = whyNotJson(whyNot, program);
  return tupleOf(whyNot.wanted) === undefined ? { whyNotAny: document } : { whyNot: document };
}

function groupJson(group: Group, program: Program): JsonObject {
  const { variable, present, sentByMany, missing, unlisted, instant, rule } = group;
  return {
    rule: ruleText(program, rule),
    place: rulePlaceJson(program, rule),
    at: instant,
    variable,
    present,
    ...(sentByMany.length === 0
      ? {}
      : { sentByMany: sentByMany.map((sent) => ({ tuple: tupleAtJson(program, sent.tuple), senders: sent.senders })) }),
    missing: missing.map((member) => whyNotJson(member, program)),
    unlisted,
  };
}

function obstacleJson(obstacle: Obstacle, program: Program): JsonObject {
  switch (obstacle.kind) {
    case "message":
      return { kind: "message", from: obstacle.from, to: obstacle.to, fate: obstacle.fate };
    case "late":
      return {
        kind: "late",
        from: obstacle.from,
        to: obstacle.to,
        arrivals: obstacle.arrivals,
        ...(obstacle.missed.length === 0 ? {} : { missed: obstacle.missed }),
      };
    case "forgotten":
    case "away":
      return { kind: obstacle.kind, absence: faultJson(obstacle.absence) };
    case "other-value":
      return {
        kind: "other-value",
        values: obstacle.values.map((t) => tupleAtJson(program, t)),
        ...(obstacle.group === undefined ? {} : { groups: [groupJson(obstacle.group, program)] }),
      };
    case "head":
      return { kind: "head" };
    case "literal":
      return {
        ...failingJson(obstacle.failing, program),
        ...(obstacle.away === undefined ? {} : { away: faultJson(obstacle.away) }),
        ...(obstacle.whyNot === undefined ? {} : furtherJson(obstacle.whyNot, program)),
        ...(obstacle.cut === undefined ? {} : { explained: obstacle.cut }),
        ...(obstacle.because === undefined ? {} : { why: whyJson(obstacle.because, program) }),
        ...(obstacle.groups === undefined ? {} : { groups: obstacle.groups.map((group) => groupJson(group, program)) }),
      };
    default: {
      const never: never = obstacle;
      return never;
    }
  }
}

function failingJson(failing: FailingLiteral, program: Program): JsonObject {
  switch (failing.kind) {
    case "no-match":
      return {
        kind: "no-match",
        wanted: formatPattern(program, failing.literal.relation, failing.pattern),
        at: failing.instant,
      };
    case "blocked":
      return { kind: "blocked", by: formatTuple(program, failing.literal.relation, failing.by), at: failing.instant };
    case "comparison":
      return { kind: "comparison", place: placeJson(failing.literal.span) };
    default: {
      const never: never = failing;
      return never;
    }
  }
}
