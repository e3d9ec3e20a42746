package gatehouse.api.identity;

import gatehouse.api.ApiSettings;
import gatehouse.api.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

  private final AccountStore accounts;
  private final Passwords passwords;
  private final LoginGuard guard;
  private final Reauthentication reauthentication;
  private final SignIn signIn;
  private final SessionLog log;
  private final SecondFactorPolicy policy;

  SessionRoutes(
      AccountStore accounts,
      Passwords passwords,
      LoginGuard guard,
      Reauthentication reauthentication,
      SignIn signIn,
      SessionLog log,
      ApiSettings settings) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.guard = guard;
    this.reauthentication = reauthentication;
    this.signIn = signIn;
    this.log = log;
    this.policy = settings.secondFactor();
  }

  /** What a log-in brings. */
  record LogIn(@Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
      return "LogIn";
    }
  }

  /** The second step of a log-in: a code of the app, or a recovery code. */
  record SecondStep(@Nullable String code) {

    @Override
    public String toString() {
      return "SecondStep";
    }
  }

  /** Whether the account has a second factor. */
  enum SecondFactor {
    OFF,
    ON,
    /** It must have one before it can do anything else. */
    DUE
  }

  /** Who is logged in. */
  record Session(
      String username,
      String displayName,
      Role role,
      Duty duty,
      List<AccountStore.Named> communities,
      String locale,
      SecondFactor secondFactor) {}

  /** Logs in; an account with a second factor is refused until the second step. */
  @PostMapping
  Session logIn(
      @RequestBody LogIn logIn, HttpServletRequest request, HttpServletResponse response) {
    String username = Reauthentication.present("username", logIn.username());
    String password = Reauthentication.present("password", logIn.password());
    String address = request.getRemoteAddr();
    List<LoginGuard.Count> counts = LoginGuard.password(username, address);
    guard.admit(counts);
    AccountStore.Stored stored = accounts.findByName(username).orElse(null);
    if (!passwords.matches(password, stored == null ? null : stored.passwordHash())
        || stored == null) {
      guard.failed(counts);
      throw Refusal.of(HttpStatus.UNAUTHORIZED, "log-in-failed");
    }
    guard.succeeded(counts);
    if (stored.secondFactor()) {
      signIn.half(stored.account(), request, response);
      throw Refusal.of(HttpStatus.UNAUTHORIZED, "second-step");
    }
    signIn.whole(stored.account(), false, request, response);
    log.record(stored.account(), address, "session.log-in", "DONE");
    return session(stored);
  }

  /** The second step of a log-in whose password was right. */
  @PostMapping("/second-step")
  Session secondStep(
      @RequestBody SecondStep step, HttpServletRequest request, HttpServletResponse response) {
    AccountStore.Stored stored =
        signIn
            .awaited(request)
            .flatMap(accounts::findStored)
            .orElseThrow(() -> Refusal.of(HttpStatus.UNAUTHORIZED, "not-signed-in"));
    Account account = stored.account();
    String address = request.getRemoteAddr();
    try {
      reauthentication.proveFactor(account, Reauthentication.present("code", step.code()));
    } catch (Refusal refusal) {
      log.record(account, address, "session.second-step", "DENIED");
      throw refusal;
    }
    signIn.whole(account, true, request, response);
    log.record(account, address, "session.log-in", "DONE");
    return session(stored);
  }

  @GetMapping
  Session current(@AuthenticationPrincipal @Nullable Account account) {
    if (account == null) {
      throw Refusal.of(HttpStatus.UNAUTHORIZED, "not-signed-in");
    }
    return session(
        accounts
            .findStored(account.id())
            .orElseThrow(() -> Refusal.of(HttpStatus.UNAUTHORIZED, "not-signed-in")));
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logOut(@AuthenticationPrincipal @Nullable Account account, HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    if (account != null) {
      log.record(account, request.getRemoteAddr(), "session.log-out", "DONE");
    }
  }

  private Session session(AccountStore.Stored stored) {
    Account account = stored.account();
    return new Session(
        account.username(),
        account.displayName(),
        account.role(),
        account.duty(),
        accounts.communities(account),
        account.locale(),
        stored.secondFactor()
            ? SecondFactor.ON
            : policy.binds(account) ? SecondFactor.DUE : SecondFactor.OFF);
  }
}
