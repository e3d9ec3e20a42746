package gatehouse.credential;

/** A terminal refuses a command for its list. */
public final class ListRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final CredentialListAnswer.Refusal reason;

  /** With the reason the terminal will give. */
  public ListRefusal(CredentialListAnswer.Refusal reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** The reason. */
  public CredentialListAnswer.Refusal reason() {
    return reason;
  }
}
