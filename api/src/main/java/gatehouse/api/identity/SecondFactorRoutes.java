package gatehouse.api.identity;

import gatehouse.api.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own second factor. */
@RestController
@RequestMapping("/api/v1/second-factor")
class SecondFactorRoutes {

  private final SecondFactors factors;
  private final Reauthentication reauthentication;
  private final LoginGuard guard;
  private final SignIn signIn;
  private final SessionLog log;

  SecondFactorRoutes(
      SecondFactors factors,
      Reauthentication reauthentication,
      LoginGuard guard,
      SignIn signIn,
      SessionLog log) {
    this.factors = factors;
    this.reauthentication = reauthentication;
    this.guard = guard;
    this.signIn = signIn;
    this.log = log;
  }

  /** Who asks for a new one; the code is one of the second factor that there is. */
  record Enrol(@Nullable String password, @Nullable String code) {

    @Override
    public String toString() {
      return "Enrol";
    }
  }

  /** What the app that makes codes is to keep; shown once. */
  record Seed(String uri, String secret) {

    @Override
    public String toString() {
      return "Seed";
    }
  }

  /** A code of the app. */
  record Code(@Nullable String code) {

    @Override
    public String toString() {
      return "Code";
    }
  }

  /** Codes for whoever has lost the app, each good for once; shown once. */
  record RecoveryCodes(List<String> recoveryCodes) {

    @Override
    public String toString() {
      return "RecoveryCodes";
    }
  }

  /** Begins an enrolment. */
  @PostMapping
  Seed enrol(
      @RequestBody Enrol enrol,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    reauthentication.prove(account, enrol.password(), enrol.code(), request.getRemoteAddr());
    String secret = factors.begin(account);
    log.record(account, request.getRemoteAddr(), "second-factor.enrol", "DONE");
    return new Seed(Totp.uri(account.username(), secret), secret);
  }

  /** Ends it: other sessions of the account, which did without, are over. */
  @PostMapping("/confirm")
  RecoveryCodes confirm(
      @RequestBody Code code,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request,
      HttpServletResponse response) {
    String given = Reauthentication.present("code", code.code());
    List<LoginGuard.Count> counts = LoginGuard.code(account.id());
    guard.admit(counts);
    List<String> codes = factors.confirm(account, given).orElse(null);
    if (codes == null) {
      guard.failed(counts);
      throw Refusal.of(HttpStatus.FORBIDDEN, "code-wrong");
    }
    guard.succeeded(counts);
    log.record(account, request.getRemoteAddr(), "second-factor.confirm", "DONE");
    signIn.whole(account, true, request, response);
    return new RecoveryCodes(codes);
  }
}
