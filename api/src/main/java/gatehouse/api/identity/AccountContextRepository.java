package gatehouse.api.identity;

import gatehouse.api.ApiSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

  private final AccountStore accounts;
  private final SecondFactorPolicy policy;

  AccountContextRepository(AccountStore accounts, ApiSettings settings) {
    this.accounts = accounts;
    this.policy = settings.secondFactor();
  }

  @Override
  @SuppressWarnings("deprecation")
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    SignIn.State state = SignIn.of(holder.getRequest());
    return state == null
        ? new SecurityContextImpl()
        : accounts
            .findStored(state.account())
            // A session from before the second factor was set up has not shown it.
            .filter(stored -> state.secondFactor() || !stored.secondFactor())
            .map(stored -> new SecurityContextImpl(AccountAuthentication.bySession(stored, policy)))
            .orElseGet(SecurityContextImpl::new);
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // The session knows who it belongs to since the log-in.
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return SignIn.of(request) != null;
  }
}
