package gatehouse.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Problem documents (RFC 9457), also for what is refused before a route is reached. */
@Component
public final class Problems {

  /** When to try again if the database is away. */
  static final Duration STORE_RETRY = Duration.ofSeconds(3);

  private final JsonMapper json;
  private final LocaleResolver locales;

  Problems(JsonMapper json, LocaleResolver locales) {
    this.json = json;
    this.locales = locales;
  }

  /** The document for a code, with its texts in this language. */
  static ProblemDetail document(HttpStatus status, String code, Locale locale) {
    ProblemDetail problem = ProblemDetail.forStatus(status);
    problem.setType(URI.create("urn:gatehouse:problem:" + code));
    String title = Texts.text(locale, "problem." + code + ".title");
    problem.setTitle(title.isEmpty() ? status.getReasonPhrase() : title);
    problem.setDetail(Texts.text(locale, "problem." + code + ".detail"));
    problem.setProperty("code", code);
    return problem;
  }

  /** Answers a request with a problem. */
  public void write(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(STORE_RETRY.toSeconds()));
    }
    response
        .getOutputStream()
        .write(json.writeValueAsBytes(document(status, code, locales.resolveLocale(request))));
  }
}
