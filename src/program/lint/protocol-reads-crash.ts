import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Program } from "../program.js";
import type { LintOptions } from "./options.js";
import { messageRelations } from "./protocol.js";

/** `crash` tells of crashes before they happen, and everywhere at once: no protocol can know that. */
export function protocolReadsCrash(program: Program, options: LintOptions): readonly Diagnostic[] {
  const protocol = messageRelations(program, options);
  return program.rules.flatMap(({ body, head }) =>
    body.flatMap((literal) =>
      literal.kind !== "comparison" && literal.relation === program.crash && protocol.has(head.relation)
        ? [
            diagnostic("protocol-reads-crash", {
              span: literal.span,
              message:
                "this rule of the protocol reads `crash`, which tells every node of every crash, even of those to come",
              help: "`crash` is for the specification; a node learns of a crash by the messages that stay away",
              related: [{ span: head.span, message: "messages depend on what is derived here" }],
            }),
          ]
        : [],
    ),
  );
}
