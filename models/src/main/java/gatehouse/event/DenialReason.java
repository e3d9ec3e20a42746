package gatehouse.event;

/** Why the access point said no. */
public enum DenialReason {
  NONE,
  UNKNOWN_CREDENTIAL,
  EXPIRED,
  REVOKED,
  SCHEDULE,
  WRONG_PLACE,
  WRONG_PIN,
  LOW_QUALITY,
  ANTI_PASSBACK,
  LOCKDOWN,
  OTHER
}
