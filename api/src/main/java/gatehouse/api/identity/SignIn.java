package gatehouse.api.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * How far the log-in of a session has come. After the password of an account that has a second
 * factor it is good for nothing but the second step.
 */
@Component
final class SignIn {

  private static final String ACCOUNT = "account";
  private static final String PROVED = "second-factor";
  private static final String HALF = "half";
  private static final String HALF_UNTIL = "half-until";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CookieCsrfTokenRepository csrfTokens;
  private final Clock clock;

  SignIn(CookieCsrfTokenRepository csrfTokens, Clock clock) {
    this.csrfTokens = csrfTokens;
    this.clock = clock;
  }

  /** A session that is signed in. */
  record State(UUID account, boolean secondFactor) {}

  /** The password was right. */
  void half(Account account, HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = fresh(request, response);
    session.setAttribute(HALF, account.id().toString());
    session.setAttribute(HALF_UNTIL, clock.instant().plus(PATIENCE).toString());
  }

  /** Whose second step is awaited; nobody's if it took too long. */
  Optional<UUID> awaited(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    String account = text(session, HALF);
    String until = text(session, HALF_UNTIL);
    return account == null || until == null || clock.instant().isAfter(Instant.parse(until))
        ? Optional.empty()
        : Optional.of(UUID.fromString(account));
  }

  /** Every step was right. */
  void whole(
      Account account,
      boolean secondFactor,
      HttpServletRequest request,
      HttpServletResponse response) {
    HttpSession session = fresh(request, response);
    session.setAttribute(ACCOUNT, account.id().toString());
    if (secondFactor) {
      session.setAttribute(PROVED, "TOTP");
    }
  }

  /** Who is signed in. */
  static @Nullable State of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    String account = text(session, ACCOUNT);
    return account == null
        ? null
        : new State(UUID.fromString(account), text(session, PROVED) != null);
  }

  /** A session that was there before may be somebody else's: it does not go on. */
  private HttpSession fresh(HttpServletRequest request, HttpServletResponse response) {
    HttpSession before = request.getSession(false);
    if (before != null) {
      before.invalidate();
    }
    HttpSession session = request.getSession(true);
    csrfTokens.saveToken(csrfTokens.generateToken(request), request, response);
    return session;
  }

  private static @Nullable String text(@Nullable HttpSession session, String name) {
    return session == null ? null : (String) session.getAttribute(name);
  }
}
