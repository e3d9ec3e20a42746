package gatehouse.api.door;

/**
 * What a lockdown covers, the widest first. Each holds by itself: a door is free when none does.
 */
public enum LockdownLevel {
  ORGANISATION,
  COMMUNITY,
  DOOR
}
