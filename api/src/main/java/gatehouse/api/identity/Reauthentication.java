package gatehouse.api.identity;

import gatehouse.api.http.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Makes sure that whoever is signed in is still its owner, before something that outlasts the
 * session.
 */
@Component
public final class Reauthentication {

  private static final int LONGEST = 200;

  private final AccountStore accounts;
  private final Passwords passwords;
  private final SecondFactors factors;
  private final LoginGuard guard;

  Reauthentication(
      AccountStore accounts, Passwords passwords, SecondFactors factors, LoginGuard guard) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.factors = factors;
    this.guard = guard;
  }

  /**
   * Asks for the password, and for a code if the account has a second factor.
   *
   * @throws Refusal if one of them is missing or wrong, or was wrong too often
   */
  public void prove(
      Account account, @Nullable String password, @Nullable String code, String address) {
    AccountStore.Stored stored = accounts.findStored(account.id()).orElseThrow(Refusal::notFound);
    List<LoginGuard.Count> counts = LoginGuard.password(account.username(), address);
    guard.admit(counts);
    if (!passwords.matches(present("password", password), stored.passwordHash())) {
      guard.failed(counts);
      throw Refusal.of(HttpStatus.FORBIDDEN, "password-wrong");
    }
    guard.succeeded(counts);
    if (stored.secondFactor()) {
      proveFactor(account, present("code", code));
    }
  }

  /**
   * Takes a code.
   *
   * @throws Refusal if it is wrong or was used already, or codes were wrong too often
   */
  void proveFactor(Account account, String code) {
    List<LoginGuard.Count> counts = LoginGuard.code(account.id());
    guard.admit(counts);
    if (!factors.take(account, code)) {
      guard.failed(counts);
      throw Refusal.of(HttpStatus.FORBIDDEN, "code-wrong");
    }
    guard.succeeded(counts);
  }

  static String present(String field, @Nullable String value) {
    if (value == null || value.isEmpty() || value.length() > LONGEST) {
      throw Refusal.badValue(field);
    }
    return value;
  }
}
