package gatehouse.api.identity;

import gatehouse.api.ApiSettings;
import gatehouse.api.oidc.ExternalToken;
import gatehouse.api.oidc.IssuerAwayException;
import gatehouse.api.oidc.TokenRefusedException;
import gatehouse.api.oidc.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Lets apps in by access tokens of an identity provider (RFC 6750). A token says who its bearer is
 * and nothing else: what the account may do is read from the database at each request.
 */
@Component
public final class BearerTokens {

  private final TokenVerifier verifier;
  private final AccountStore accounts;
  private final SecondFactorPolicy policy;

  BearerTokens(TokenVerifier verifier, AccountStore accounts, ApiSettings settings) {
    this.verifier = verifier;
    this.accounts = accounts;
    this.policy = settings.secondFactor();
  }

  /** Tokens cannot be judged now. */
  public static final class UnavailableException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    UnavailableException(IssuerAwayException cause) {
      super("the issuer is away", cause);
    }
  }

  /** Whether a request comes with a token, whatever else it comes with. */
  public static boolean carries(HttpServletRequest request) {
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    return given != null && given.toLowerCase(Locale.ROOT).startsWith("bearer");
  }

  /**
   * Who a token belongs to.
   *
   * @throws BadCredentialsException if it is not good or its subject is linked to no account
   * @throws UnavailableException if that cannot be judged now
   */
  public Authentication authenticate(@Nullable Authentication asked) {
    if (!(asked instanceof BearerTokenAuthenticationToken bearer)) {
      throw new BadCredentialsException("no token");
    }
    try {
      ExternalToken token = verifier.verify(bearer.getToken());
      return accounts
          .findBySubject(token.issuer(), token.subject())
          .map(stored -> AccountAuthentication.byToken(stored, token, policy))
          .orElseThrow(() -> new BadCredentialsException("nobody is linked"));
    } catch (TokenRefusedException e) {
      throw new BadCredentialsException("the token is not good", e);
    } catch (IssuerAwayException e) {
      throw new UnavailableException(e);
    }
  }
}
