package gatehouse.flink;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.site.Place;
import gatehouse.site.SiteFact;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import java.time.Instant;
import java.util.Base64;

/** Writes the dead letters of the job: what it could not take, and why, without any value of it. */
final class Refused {

  /** The stage of whatever is not a model. */
  static final String STAGE = "flink";

  private Refused() {}

  /** Bytes that are no record of their topic. */
  static DeadLetter bytes(String reason, String source, Instant received, byte[] value) {
    return new DeadLetter(
        STAGE,
        "MALFORMED",
        reason,
        "",
        "",
        source,
        received,
        Base64.getEncoder().encodeToString(value));
  }

  /** A model, or what stands before the models, could not take a fact. */
  static DeadLetter fact(String stage, String reason, String detail, Fact fact) {
    DeviceEvent event = fact instanceof DeviceEvent found ? found : null;
    return new DeadLetter(
        stage,
        reason,
        detail,
        fact.community(),
        event == null ? "" : event.device(),
        STAGE,
        event == null ? fact.time() : event.origin().receivedAt(),
        payload(fact));
  }

  /** A model failed when it was woken; there is no fact to show. */
  static DeadLetter wake(String model, String detail, String community, Instant at) {
    return new DeadLetter(model, "WAKE_FAILED", detail, community, "", STAGE, at, "");
  }

  /** The kind of error and the line of code, never the message: it may hold a value. */
  static String where(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    for (StackTraceElement element : trace) {
      if (element.getClassName().startsWith("gatehouse.")) {
        return error.getClass().getSimpleName()
            + " at "
            + element.getFileName()
            + ":"
            + element.getLineNumber();
      }
    }
    return error.getClass().getSimpleName();
  }

  /** The event as it was on the wire, with nothing of its place but the id. */
  static DeviceEvent bare(DeviceEvent event) {
    return event.withOrigin(event.origin().at(Place.of(event.place().id())));
  }

  private static String payload(Fact fact) {
    if (fact instanceof DeviceEvent event) {
      return Base64.getEncoder().encodeToString(FactCodec.encode(bare(event)));
    } else if (fact instanceof RegistryFact || fact instanceof SiteFact) {
      return Base64.getEncoder().encodeToString(FactCodec.encode(fact));
    }
    return "";
  }
}
