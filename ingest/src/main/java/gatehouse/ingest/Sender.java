package gatehouse.ingest;

import java.util.ArrayList;
import java.util.List;

/** What the intake remembers of one device: its last events, those on their way, and its rate. */
final class Sender {

  private final Recall recall = new Recall();
  private final List<OnItsWay> onTheirWay = new ArrayList<>();
  private final TokenBucket live;
  private final TokenBucket flush;

  Sender(Limits limits, long now) {
    this.live = new TokenBucket(limits.ratePerSecond(), limits.burst(), now);
    this.flush = new TokenBucket(limits.ratePerSecond(), limits.flush(), now);
  }

  /** An event that Kafka does not have yet, and the copies of it that came since. */
  static final class OnItsWay {
    private final Fingerprint event;
    private final List<Arrival> copies = new ArrayList<>();

    private OnItsWay(Fingerprint event) {
      this.event = event;
    }
  }

  /** What to do with an event. */
  sealed interface Answer {
    /** Publish it, and then call {@link #arrived} or {@link #failed}. */
    record Publish(OnItsWay event) implements Answer {}

    /** Kafka has it. */
    record Duplicate() implements Answer {}

    /** It is settled together with the one that is on its way. */
    record Wait() implements Answer {}

    record Refuse(Rejection reason) implements Answer {}
  }

  synchronized Answer ask(Fingerprint event, boolean buffered, Arrival arrival, long now) {
    for (OnItsWay other : onTheirWay) {
      if (other.event.sequence() == event.sequence() || other.event.id() == event.id()) {
        if (other.event.content() != event.content()) {
          return new Answer.Refuse(Rejection.SEQUENCE_CONFLICT);
        }
        other.copies.add(arrival);
        return new Answer.Wait();
      }
    }
    return switch (recall.ask(event)) {
      case SAME -> new Answer.Duplicate();
      case CONFLICT -> new Answer.Refuse(Rejection.SEQUENCE_CONFLICT);
      case NEW -> {
        if (!(buffered ? flush : live).take(now)) {
          yield new Answer.Refuse(Rejection.RATE_LIMITED);
        }
        OnItsWay leaving = new OnItsWay(event);
        onTheirWay.add(leaving);
        yield new Answer.Publish(leaving);
      }
    };
  }

  /** Kafka has the event. Returns the copies that came meanwhile. */
  synchronized List<Arrival> arrived(OnItsWay event) {
    onTheirWay.remove(event);
    recall.remember(event.event);
    return event.copies;
  }

  /** Kafka does not have it, so it may come again. Returns the copies that came meanwhile. */
  synchronized List<Arrival> failed(OnItsWay event) {
    onTheirWay.remove(event);
    return event.copies;
  }

  /** Kafka has had this event since before this process began. */
  synchronized void remember(Fingerprint event) {
    recall.remember(event);
  }
}
