package gatehouse.api.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers for requests that the server refused before any route saw them. */
@Controller
class ErrorRoutes implements ErrorController {

  private final Problems problems;

  ErrorRoutes(Problems problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    HttpStatus status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                && HttpStatus.resolve(code) != null
            ? HttpStatus.valueOf(code)
            : HttpStatus.NOT_FOUND;
    problems.write(
        request,
        response,
        status,
        status.is5xxServerError()
            ? "internal"
            : status == HttpStatus.NOT_FOUND ? "not-found" : "bad-request");
  }
}
