package gatehouse.registry;

/**
 * Somebody asked for a door to be opened remotely (远程开门). Doors see neither the account nor what
 * was refused; so whoever answers the request records it. Its validity begins when it was asked and
 * ends when the command may no longer be carried out. A repeated request of the same wish is none.
 *
 * @param command id of the door command; the door's own events name it
 * @param account id of the account that asked; opaque, no name
 * @param phone id of the phone's binding it came from, see {@link PhoneBinding}; opaque, no number;
 *     empty: not from a phone
 * @param place the door's place id
 * @param answer what the platform said
 * @param capacity in which capacity it was asked
 */
public record RemoteOpenRequest(
    Entry entry,
    String command,
    String account,
    String phone,
    String place,
    Answer answer,
    Capacity capacity)
    implements RegistryFact {

  /** A request of somebody for themselves. */
  public RemoteOpenRequest(
      Entry entry, String command, String account, String phone, String place, Answer answer) {
    this(entry, command, account, phone, place, answer, Capacity.USER);
  }

  @Override
  public String thing() {
    return command;
  }

  /** In which capacity somebody asks. */
  public enum Capacity {
    /** For themselves, by a right of their own. */
    USER,
    /** On duty, for a reason that is recorded. */
    ADMIN
  }

  /** What the platform said to a request. */
  public enum Answer {
    AUTHORISED,
    NO_RIGHT,
    LOCKDOWN,
    RATE_LIMIT
  }
}
