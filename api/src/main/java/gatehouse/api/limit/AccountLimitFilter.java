package gatehouse.api.limit;

import gatehouse.api.identity.AccountAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds what one account asks for, from wherever; stands where it is known who asks. */
public final class AccountLimitFilter extends OncePerRequestFilter {

  private final RateLimits limits;

  public AccountLimitFilter(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(SecurityContextHolder.getContext().getAuthentication()
            instanceof AccountAuthentication asking)
        || limits.admits(asking.getPrincipal(), request, response)) {
      chain.doFilter(request, response);
    }
  }
}
