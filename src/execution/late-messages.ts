import type { Annotation } from "../faults/annotation.js";
import type { RelationId } from "../program/program.js";

/** A message that arrives at an instant later than the one after it was sent. */
interface LateMessage {
  readonly relation: RelationId;
  readonly row: Int32Array;
  readonly annotation: Annotation;
  readonly at: number;
}

/** The messages that are under way for longer than an instant. */
export class LateMessages {
  /** By the instant at which they were sent. */
  private readonly sentAt: LateMessage[][] = [];
  /** How long one has been under way so far, at most. */
  private longest = 1;

  add(message: LateMessage, sent: number): void {
    this.longest = Math.max(this.longest, message.at - sent);
    const list = this.sentAt[sent];
    if (list === undefined) this.sentAt[sent] = [message];
    else list.push(message);
  }

  /** Those that arrive at an instant, later ones sent first. */
  *due(at: number): Generator<LateMessage> {
    for (let sent = at - 2; sent >= 1 && sent >= at - this.longest; sent--)
      for (const message of this.sentAt[sent] ?? []) if (message.at === at) yield message;
  }

  /** Drops what was sent at an instant and later. */
  forgetFrom(instant: number): void {
    this.sentAt.length = Math.min(this.sentAt.length, instant);
  }
}
