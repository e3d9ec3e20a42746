package gatehouse.api.identity;

import gatehouse.api.oidc.ExternalToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** An account that asks, by its session or by a token, with what it may do now. */
public final class AccountAuthentication extends AbstractAuthenticationToken {

  /** The only authority of an account that must have a second factor first. */
  public static final String MUST_ENROL = "MUST_ENROL";

  private static final long serialVersionUID = 1L;

  private final transient Account account;
  private final transient @Nullable ExternalToken token;

  private AccountAuthentication(
      Account account, @Nullable ExternalToken token, List<GrantedAuthority> authorities) {
    super(authorities);
    this.account = account;
    this.token = token;
    setAuthenticated(true);
  }

  /** By a session that has passed every step of its log-in. */
  static AccountAuthentication bySession(AccountStore.Stored stored, SecondFactorPolicy policy) {
    Account account = stored.account();
    boolean due = policy.binds(account) && !stored.secondFactor();
    return new AccountAuthentication(account, null, due ? mustEnrol() : authorities(account));
  }

  /** By a token; whoever must have a second factor must have used one at the issuer too. */
  static AccountAuthentication byToken(
      AccountStore.Stored stored, ExternalToken token, SecondFactorPolicy policy) {
    Account account = stored.account();
    boolean due =
        policy.binds(account) && !(stored.secondFactor() && token.methods().contains("mfa"));
    return new AccountAuthentication(account, token, due ? mustEnrol() : authorities(account));
  }

  @Override
  public Account getPrincipal() {
    return account;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  /** The token it came by; null: a session. */
  @Nullable ExternalToken token() {
    return token;
  }

  private static List<GrantedAuthority> mustEnrol() {
    return List.of(new SimpleGrantedAuthority(MUST_ENROL));
  }

  private static List<GrantedAuthority> authorities(Account account) {
    List<GrantedAuthority> authorities = new ArrayList<>();
    authorities.add(new SimpleGrantedAuthority("ROLE_" + account.role()));
    for (Duty duty : Duty.values()) {
      if (account.may(duty)) {
        authorities.add(new SimpleGrantedAuthority("DUTY_" + duty));
      }
    }
    return authorities;
  }
}
