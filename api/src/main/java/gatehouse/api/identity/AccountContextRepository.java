package gatehouse.api.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * A session holds the account's id and nothing else. What the account may do is read anew for each
 * request, so that a right that was taken away is gone at once, and no object is ever deserialised.
 */
@Component
public final class AccountContextRepository implements SecurityContextRepository {

  static final String ACCOUNT = "account";

  private final AccountStore accounts;

  AccountContextRepository(AccountStore accounts) {
    this.accounts = accounts;
  }

  @Override
  @SuppressWarnings("deprecation")
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    String id = accountOf(holder.getRequest());
    return id == null
        ? new SecurityContextImpl()
        : accounts
            .find(UUID.fromString(id))
            .map(AccountContextRepository::context)
            .orElseGet(SecurityContextImpl::new);
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // The session knows who it belongs to since the log-in.
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return accountOf(request) != null;
  }

  private static @Nullable String accountOf(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (String) session.getAttribute(ACCOUNT);
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

  private static SecurityContextImpl context(Account account) {
    return new SecurityContextImpl(
        UsernamePasswordAuthenticationToken.authenticated(account, null, authorities(account)));
  }
}
