package gatehouse.api.http;

import gatehouse.api.store.StoreAway;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong in a route into a problem document. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private static final Map<Integer, String> CODES =
      Map.of(
          400, "bad-request",
          404, "not-found",
          405, "method-not-allowed",
          406, "not-acceptable",
          413, "too-large",
          415, "unsupported-media-type",
          503, "unavailable");

  @ExceptionHandler
  ResponseEntity<Object> refusal(Refusal refusal, Locale locale) {
    ProblemDetail problem = Problems.document(refusal.status(), refusal.code(), locale);
    refusal.members().forEach(problem::setProperty);
    HttpHeaders headers = new HttpHeaders();
    if (refusal.retryAfter() != null) {
      headers.set(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
    }
    return answer(problem, headers);
  }

  @ExceptionHandler
  ResponseEntity<Object> failure(Exception failure, Locale locale) {
    if (StoreAway.causes(failure)) {
      HttpHeaders headers = new HttpHeaders();
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Problems.STORE_RETRY.toSeconds()));
      return answer(
          Problems.document(HttpStatus.SERVICE_UNAVAILABLE, "store-away", locale), headers);
    }
    log.error("A request failed", failure);
    return answer(
        Problems.document(HttpStatus.INTERNAL_SERVER_ERROR, "internal", locale), new HttpHeaders());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpStatus known = HttpStatus.resolve(status.value());
    ProblemDetail problem =
        Problems.document(
            known == null ? HttpStatus.BAD_REQUEST : known,
            CODES.getOrDefault(status.value(), status.is5xxServerError() ? "internal" : "refused"),
            request.getLocale());
    return answer(problem, headers);
  }

  private static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
    HttpHeaders all = new HttpHeaders();
    all.addAll(headers);
    all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    all.setCacheControl("no-store");
    return ResponseEntity.status(problem.getStatus()).headers(all).body(problem);
  }
}
