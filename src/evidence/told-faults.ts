import type { Tuple } from "../execution/execution.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { Fault } from "../faults/kinds.js";
import { kindOf, losesMessage, nodesOf } from "../faults/kinds.js";
import type { Absence } from "../faults/node-faults.js";
import { formatFault } from "../faults/notation.js";
import type { Schedule } from "../faults/schedule.js";
import type { Value } from "../program/program.js";
import type { Cause, Difference } from "./difference.js";
import type { Obstacle, Why, WhyNot } from "./explanation.js";

/* Which faults of a schedule an explanation mentions; the others are reported separately. */

interface Lost {
  readonly from: Value;
  readonly to: Value;
}

/** The faults that explanations mention: by what they lost, made late, kept away or let the program see. */
export class ToldFaults {
  private readonly told = new Set<Fault>();

  constructor(private readonly schedule: Schedule) {}

  /** In the order of the schedule. */
  get untold(): Schedule {
    return this.schedule.filter((fault) => !this.told.has(fault));
  }

  difference({ causes, kept, tuple }: Difference): void {
    for (const absence of kept) this.absence(absence);
    for (const cause of causes) this.cause(cause, tuple.args);
  }

  private cause(cause: Cause, args: Tuple): void {
    switch (cause.kind) {
      case "message-lost":
        for (const sent of cause.instants) this.lost(cause, sent);
        return;
      case "message-late":
        for (const sent of cause.instants) this.late(cause, sent);
        return;
      case "away":
      case "forgotten":
      case "kept":
        this.absence(cause.absence);
        return;
      case "built-in":
        this.builtIn(cause.relation, args);
        return;
      case "firing":
        for (const reason of cause.because) if (reason.kind === "difference") this.difference(reason.difference);
        return;
    }
  }

  whyNot({ away, facts, attempts }: WhyNot): void {
    if (away !== undefined) this.absence(away);
    for (const fact of facts) if (fact.away !== undefined) this.absence(fact.away);
    for (const attempt of attempts) {
      for (const { obstacle, instant, until } of [attempt, ...attempt.others])
        for (let sent = instant; sent <= until; sent++) this.obstacle(obstacle, sent);
    }
  }

  private obstacle(obstacle: Obstacle, sent: number): void {
    switch (obstacle.kind) {
      case "message":
        this.lost(obstacle, sent);
        return;
      case "late":
        this.late(obstacle, sent);
        if (obstacle.missed.length > 0) this.awayAt(obstacle.to);
        return;
      case "forgotten":
      case "away":
        this.absence(obstacle.absence);
        return;
      case "other-value":
        for (const member of obstacle.group?.missing ?? []) this.whyNot(member);
        return;
      case "literal":
        if (obstacle.away !== undefined) this.absence(obstacle.away);
        if (obstacle.whyNot !== undefined) this.whyNot(obstacle.whyNot);
        if (obstacle.because !== undefined) this.why(obstacle.because);
        for (const { missing } of obstacle.groups ?? []) for (const member of missing) this.whyNot(member);
        return;
      case "head":
        return;
    }
  }

  why({ tuple, kept, how }: Why): void {
    for (const absence of kept) this.absence(absence);
    if (how.kind === "built-in") this.builtIn(how.relation, tuple.args);
    if (how.kind !== "firing") return;
    const { message, keptOver, premises } = how;
    if (message !== undefined && (message.again || message.at.some((at) => at > message.sent + 1)))
      this.late(message, message.sent);
    if (keptOver !== undefined) this.absence(keptOver);
    for (const premise of premises) {
      if (premise.kind === "tuple") this.why(premise.why);
      else if (premise.whyNot !== undefined) this.whyNot(premise.whyNot);
    }
  }

  /** A message that is not received: by what loses it, or by the absence of its receiver. */
  private lost({ from, to }: Lost, sent: number): void {
    const losing = this.schedule.filter((fault) => losesMessage(fault, String(from), String(to), sent));
    if (losing.length === 0) this.awayAt(to);
    for (const fault of losing) this.told.add(fault);
  }

  private late({ from, to }: Lost, sent: number): void {
    for (const fault of this.schedule)
      if ("arrives" in fault && fault.from === from && fault.to === to && fault.at === sent) this.told.add(fault);
  }

  private awayAt(node: Value): void {
    for (const fault of this.schedule)
      if ("until" in fault && "node" in fault && fault.node === node) this.told.add(fault);
  }

  private absence(absence: Absence): void {
    const shown = formatFault(absence);
    for (const fault of this.schedule) if (formatFault(fault) === shown) this.told.add(fault);
  }

  /** Tuples of built-in relations have the node of the fault among their columns. */
  private builtIn(relation: BuiltInRelation, args: Tuple): void {
    for (const fault of this.schedule) {
      const isOfIt = kindOf(fault.kind).relation === relation && nodesOf(fault).some((node) => args.includes(node));
      if (isOfIt) this.told.add(fault);
    }
  }
}
