package gatehouse.api.identity;

import gatehouse.api.oidc.ExternalToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Whether the session or token that opened a stream is still good, for the same account with its
 * rights.
 */
@Component
public final class StillSignedIn {

  private final SessionRepository<? extends Session> sessions;
  private final AccountStore accounts;
  private final Clock clock;

  StillSignedIn(SessionRepository<? extends Session> sessions, AccountStore accounts, Clock clock) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A check to be made later, when the request is long over. */
  public BooleanSupplier check(HttpServletRequest request, Account account) {
    ExternalToken token =
        request.getUserPrincipal() instanceof AccountAuthentication asking ? asking.token() : null;
    if (token != null) {
      return () ->
          clock.instant().isBefore(token.expires())
              && accounts
                  .findBySubject(token.issuer(), token.subject())
                  .filter(stored -> account.equals(stored.account()))
                  .isPresent();
    }
    HttpSession session = request.getSession(false);
    String id = session == null ? "" : session.getId();
    return () ->
        sessions.findById(id) != null
            && accounts.find(account.id()).filter(account::equals).isPresent();
  }
}
