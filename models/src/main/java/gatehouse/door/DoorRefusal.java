package gatehouse.door;

/** A door refuses a command. */
public final class DoorRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final DoorAck.Refusal reason;

  /** With the reason the door will give. */
  public DoorRefusal(DoorAck.Refusal reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** The reason. */
  public DoorAck.Refusal reason() {
    return reason;
  }
}
