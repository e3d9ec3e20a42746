package gatehouse.model.remote;

import gatehouse.alert.Evidence;
import gatehouse.event.ClockQuality;
import gatehouse.registry.RemoteOpenRequest;
import java.time.Instant;

/**
 * A request to open a door.
 *
 * @param fact id of the registry fact
 * @param at when it was asked
 * @param community the door's community
 * @param place the door's place
 * @param phone where it came from; empty: not from a phone
 * @param command the door command
 * @param account who asked
 * @param authorised whether the door was asked to open
 */
public record Asked(
    String fact,
    Instant at,
    String community,
    String place,
    String phone,
    String command,
    String account,
    boolean authorised) {

  /** The request. */
  public static Asked of(RemoteOpenRequest request) {
    return new Asked(
        request.id(),
        request.entry().validFrom(),
        request.community(),
        request.place(),
        request.phone(),
        request.command(),
        request.account(),
        request.answer() == RemoteOpenRequest.Answer.AUTHORISED);
  }

  /** The request as evidence; the platform's own clock is good. */
  public Evidence evidence(String role) {
    return new Evidence(fact, at, place, "", ClockQuality.GOOD, role);
  }
}
