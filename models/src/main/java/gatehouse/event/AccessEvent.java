package gatehouse.event;

import gatehouse.fact.Required;
import org.jspecify.annotations.Nullable;

/**
 * An access point decided about a credential (开门记录).
 *
 * @param credential the credential's id, never its secret; empty when none was recognised
 * @param credentialType what was presented
 * @param subjectType the holder's class as the log gives it (resident, staff, visitor, a vehicle
 *     class, ...); empty if unknown
 * @param person the holder, if the device knows
 * @param unit the unit it belongs to, if the device knows
 * @param direction which way
 * @param outcome granted or denied
 * @param reason why not; {@link DenialReason#NONE} when granted
 * @param duress whether a duress code or finger was used (胁迫)
 * @param command the door command that caused it, for a remote open
 */
public record AccessEvent(
    Origin origin,
    @Required String credential,
    @Required CredentialType credentialType,
    String subjectType,
    @Nullable String person,
    @Nullable String unit,
    Direction direction,
    @Required Outcome outcome,
    DenialReason reason,
    boolean duress,
    @Nullable String command)
    implements DeviceEvent {

  @Override
  public AccessEvent withOrigin(Origin other) {
    return new AccessEvent(
        other,
        credential,
        credentialType,
        subjectType,
        person,
        unit,
        direction,
        outcome,
        reason,
        duress,
        command);
  }

  /** Whether the access point let the credential pass; a log that only lists passages counts. */
  public boolean passed() {
    return outcome != Outcome.DENIED;
  }
}
