package gatehouse.api.http;

import gatehouse.api.store.StoreAway;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before all others: bounds what a request may bring, and answers for the session store when
 * the database is away.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OuterFilter extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(OuterFilter.class);
  private static final long MOST_BYTES = 64 * 1024;
  private static final long MOST_BYTES_OF_A_FILE = 2 * 1024 * 1024;
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RequestBodies bodies = new RequestBodies(PATIENCE);
  private final Problems problems;

  OuterFilter(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean file = request.getRequestURI().endsWith("/import");
    if (request.getContentLengthLong() > (file ? MOST_BYTES_OF_A_FILE : MOST_BYTES)) {
      problems.write(request, response, HttpStatus.CONTENT_TOO_LARGE, "too-large");
      return;
    }
    if (WITH_BODY.contains(request.getMethod())
        && request.getHeader("Transfer-Encoding") != null
        && request.getContentLengthLong() < 0) {
      problems.write(request, response, HttpStatus.LENGTH_REQUIRED, "length-required");
      return;
    }
    String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      // Nothing is unpacked, so nothing can unpack to more than it seems.
      problems.write(request, response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "content-coding");
      return;
    }
    try {
      chain.doFilter(bodies.read(request), response);
    } catch (RequestBodies.TooSlowException e) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
      problems.write(request, response, HttpStatus.REQUEST_TIMEOUT, "body-too-slow");
    } catch (RuntimeException | ServletException e) {
      if (StoreAway.causes(e)) {
        problems.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "store-away");
      } else {
        log.error("A request failed", e);
        problems.write(request, response, HttpStatus.INTERNAL_SERVER_ERROR, "internal");
      }
    }
  }
}
