package gatehouse.api.oidc;

/** A token is not good. Why is nobody's business but the issuer's. */
public final class TokenRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  TokenRefusedException() {
    super("the token is not good", null, false, false);
  }
}
