package gatehouse.ingest;

import java.util.Arrays;

/** The last events of one device, oldest forgotten first. It grows with use, to 6 KB. */
final class Recall {

  /** What a device can have sent again: more than a broker holds unacknowledged for one device. */
  static final int MOST = 256;

  private static final int PARTS = 3;
  private static final int FIRST = 8;

  /** Sequence, id and content of each event, side by side. */
  private long[] marks = new long[FIRST * PARTS];

  private int count;
  private int next;

  /** Whether, and as what, an event is remembered. */
  enum Answer {
    NEW,
    SAME,
    /** The id or sequence number is known, with another content. */
    CONFLICT
  }

  Answer ask(Fingerprint event) {
    for (int i = 0; i < count * PARTS; i += PARTS) {
      if (marks[i] == event.sequence() || marks[i + 1] == event.id()) {
        return marks[i + 2] == event.content() ? Answer.SAME : Answer.CONFLICT;
      }
    }
    return Answer.NEW;
  }

  void remember(Fingerprint event) {
    if (next * PARTS == marks.length) {
      if (count < MOST) {
        marks = Arrays.copyOf(marks, marks.length * 2);
      } else {
        next = 0;
      }
    }
    int at = next * PARTS;
    marks[at] = event.sequence();
    marks[at + 1] = event.id();
    marks[at + 2] = event.content();
    next++;
    count = Math.max(count, next);
  }
}
