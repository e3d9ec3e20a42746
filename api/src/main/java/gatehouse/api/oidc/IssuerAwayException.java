package gatehouse.api.oidc;

/** The issuer's keys cannot be read now, so no token can be judged. */
public final class IssuerAwayException extends Exception {

  private static final long serialVersionUID = 1L;

  IssuerAwayException(Throwable cause) {
    super("the issuer's keys cannot be read", cause);
  }
}
