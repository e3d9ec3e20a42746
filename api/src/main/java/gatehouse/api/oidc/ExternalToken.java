package gatehouse.api.oidc;

import java.time.Instant;
import java.util.List;

/**
 * What a token says of its bearer. What the bearer may do is not in it.
 *
 * @param methods how the bearer has signed in at the issuer (RFC 8176), e.g. mfa
 */
public record ExternalToken(String issuer, String subject, Instant expires, List<String> methods) {

  /** Leaves the subject out. */
  @Override
  public String toString() {
    return "ExternalToken[" + issuer + "]";
  }
}
