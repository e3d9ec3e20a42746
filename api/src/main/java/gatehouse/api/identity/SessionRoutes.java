package gatehouse.api.identity;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Log in, who am I, log out. */
@RestController
@RequestMapping("/api/v1/session")
class SessionRoutes {

  private static final int LONGEST = 200;

  private final AccountStore accounts;
  private final Passwords passwords;
  private final LoginGuard guard;
  private final AuditLog audit;
  private final Store store;
  private final CookieCsrfTokenRepository csrfTokens;

  SessionRoutes(
      AccountStore accounts,
      Passwords passwords,
      LoginGuard guard,
      AuditLog audit,
      @Qualifier("doors") Store store,
      CookieCsrfTokenRepository csrfTokens) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.guard = guard;
    this.audit = audit;
    this.store = store;
    this.csrfTokens = csrfTokens;
  }

  /** What a log-in brings. */
  record LogIn(@Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
      return "LogIn";
    }
  }

  /** Who is logged in. */
  record Session(
      String username,
      String displayName,
      Role role,
      Duty duty,
      List<AccountStore.Named> communities,
      String locale) {}

  @PostMapping
  Session logIn(
      @RequestBody LogIn logIn, HttpServletRequest request, HttpServletResponse response) {
    String username = present("username", logIn.username());
    String password = present("password", logIn.password());
    String address = request.getRemoteAddr();
    Duration wait = guard.wait(username, address);
    if (!wait.isZero()) {
      throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "log-in-blocked").after(wait.plusSeconds(1));
    }
    AccountStore.Stored stored = accounts.findByName(username).orElse(null);
    if (!passwords.matches(password, stored == null ? null : stored.passwordHash())
        || stored == null) {
      guard.failed(username, address);
      throw Refusal.of(HttpStatus.UNAUTHORIZED, "log-in-failed");
    }
    Account account = stored.account();
    guard.succeeded(username, address);
    record(account, address, "session.log-in");
    begin(account, request);
    csrfTokens.saveToken(csrfTokens.generateToken(request), request, response);
    return session(account);
  }

  @GetMapping
  Session current(@AuthenticationPrincipal @Nullable Account account) {
    if (account == null) {
      throw Refusal.of(HttpStatus.UNAUTHORIZED, "not-signed-in");
    }
    return session(account);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logOut(@AuthenticationPrincipal @Nullable Account account, HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    if (account != null) {
      record(account, request.getRemoteAddr(), "session.log-out");
    }
  }

  /** A session that was there before the log-in may be somebody else's: it does not go on. */
  private static void begin(Account account, HttpServletRequest request) {
    HttpSession before = request.getSession(false);
    if (before != null) {
      before.invalidate();
    }
    request
        .getSession(true)
        .setAttribute(AccountContextRepository.ACCOUNT, account.id().toString());
  }

  private Session session(Account account) {
    return new Session(
        account.username(),
        account.displayName(),
        account.role(),
        account.duty(),
        accounts.communities(account),
        account.locale());
  }

  private void record(Account account, String address, String action) {
    store.run(
        Scope.NOBODY,
        tx ->
            audit.append(
                tx,
                new AuditLog.Entry(
                    AuditLog.ORGANISATION,
                    account.username(),
                    account.role().name(),
                    address,
                    action,
                    account.username(),
                    "DONE",
                    "")));
  }

  private static String present(String field, @Nullable String value) {
    if (value == null || value.isEmpty() || value.length() > LONGEST) {
      throw Refusal.badValue(field);
    }
    return value;
  }
}
