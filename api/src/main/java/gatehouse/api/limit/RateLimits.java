package gatehouse.api.limit;

import gatehouse.api.ApiSettings;
import gatehouse.api.http.Problems;
import gatehouse.api.identity.Account;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Quotas of accounts and of addresses, one for each class of routes, told in each answer
 * (draft-ietf-httpapi-ratelimit-headers). Each instance of the API counts by itself.
 */
@Component
public final class RateLimits {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_KEYS = 20_000;

  /** A subscriber's network; single addresses of it cost nothing. */
  private static final int IPV6_PREFIX_BYTES = 8;

  private final Map<RouteClass, RateLimiter> accounts;
  private final Map<RouteClass, RateLimiter> addresses;
  private final Problems problems;

  RateLimits(ApiSettings settings, Problems problems) {
    this.accounts = limiters(settings, 1);
    this.addresses = limiters(settings, settings.limitAddressFactor());
    this.problems = problems;
  }

  private static Map<RouteClass, RateLimiter> limiters(ApiSettings settings, int factor) {
    Map<RouteClass, RateLimiter> limiters = new EnumMap<>(RouteClass.class);
    for (RouteClass routes : RouteClass.values()) {
      int quota =
          switch (routes) {
            case READ -> settings.limitReads();
            case WRITE -> settings.limitWrites();
            case SENSITIVE -> settings.limitSensitive();
          };
      limiters.put(routes, new RateLimiter(quota * factor, WINDOW, MOST_KEYS, System::nanoTime));
    }
    return limiters;
  }

  /** Whether the account may go on; if not, the request is answered. */
  boolean admits(Account account, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RouteClass routes = RouteClass.of(request);
    RateLimiter.Verdict verdict = limiter(accounts, routes).ask(account.id().toString());
    return answered(verdict, routes.label(), request, response);
  }

  /** Whether the address may go on; if not, the request is answered. */
  boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
    RouteClass routes = RouteClass.of(request);
    RateLimiter.Verdict verdict = limiter(addresses, routes).ask(network(request.getRemoteAddr()));
    return answered(verdict, "address-" + routes.label(), request, response);
  }

  private boolean answered(
      RateLimiter.Verdict verdict,
      String label,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setHeader(
        "RateLimit-Policy", "\"" + label + "\";q=" + verdict.quota() + ";w=" + WINDOW.toSeconds());
    response.setHeader(
        "RateLimit",
        "\"" + label + "\";r=" + verdict.remaining() + ";t=" + roundedUp(verdict.full()));
    if (verdict.admitted()) {
      return true;
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(roundedUp(verdict.retryAfter())));
    problems.write(request, response, HttpStatus.TOO_MANY_REQUESTS, "rate-limit");
    return false;
  }

  private static RateLimiter limiter(Map<RouteClass, RateLimiter> of, RouteClass routes) {
    RateLimiter limiter = of.get(routes);
    if (limiter == null) {
      throw new IllegalStateException("each class has a limiter");
    }
    return limiter;
  }

  private static long roundedUp(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }

  /** What counts as one caller: an IPv4 address, or the network of an IPv6 address. */
  static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_PREFIX_BYTES));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
