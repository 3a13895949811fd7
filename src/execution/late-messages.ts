import type { Annotation } from "../faults/annotation.js";
import type { RelationId } from "../program/program.js";

/** A message that arrives later than one instant after it was sent. */
interface LateMessage {
  readonly relation: RelationId;
  readonly row: Int32Array;
  readonly annotation: Annotation;
  readonly at: number;
}

/** The messages in transit for longer than one instant. */
export class LateMessages {
  /** By instant of sending. */
  private readonly sentAt: LateMessage[][] = [];
  /** The longest transit so far, which bounds the search in `due`. */
  private longest = 1;

  add(message: LateMessage, sent: number): void {
    this.longest = Math.max(this.longest, message.at - sent);
    const list = this.sentAt[sent];
    if (list === undefined) this.sentAt[sent] = [message];
    else list.push(message);
  }

  /** The messages that arrive at an instant, those sent later first. */
  *due(at: number): Generator<LateMessage> {
    for (let sent = at - 2; sent >= 1 && sent >= at - this.longest; sent--)
      for (const message of this.sentAt[sent] ?? []) if (message.at === at) yield message;
  }

  /** Drops the messages sent at an instant or later. */
  forgetFrom(instant: number): void {
    this.sentAt.length = Math.min(this.sentAt.length, instant);
  }
}
